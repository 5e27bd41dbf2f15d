import { sanitise } from '../../../src/webview/markdown/sanitise.ts';

/** For tests that hand HTML to the sanitiser as if the fences before it had failed. */
Object.assign(window, {
  /** Names of the elements that are left, and their attributes with values. */
  sanitiseInto(html: string): string[] {
    const box = document.createElement('div');
    box.append(sanitise(html));
    document.body.append(box);
    return [...box.querySelectorAll('*')].flatMap((element) => [
      element.localName,
      ...[...element.attributes].map(({ name, value }) => `${name}=${value}`),
    ]);
  },
});
