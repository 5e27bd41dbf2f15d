import { sanitise } from '../../../src/webview/markdown/sanitise.ts';

/** For tests that hand HTML to the sanitiser as if the fences before it had failed. */
Object.assign(window, {
  sanitiseInto(html: string): string {
    const box = document.createElement('div');
    box.append(sanitise(html));
    document.body.append(box);
    return box.innerHTML;
  },
});
