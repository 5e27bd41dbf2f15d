import { createElement, Fragment, render } from 'preact';
import { type Actions, ActionsContext } from '../../../src/webview/actions.ts';
import { drawTokens, isPlainMarkdown } from '../../../src/webview/markdown/from-tokens.tsx';
import { sanitise } from '../../../src/webview/markdown/sanitise.ts';
import { blockToHtml, lex } from '../../../src/webview/markdown/to-html.ts';
import { toVnodes } from '../../../src/webview/markdown/to-vnodes.tsx';

const nothing = (): void => undefined;
const actions: Actions = { post: nothing, announce: nothing, focusComposer: nothing, chooseModelFor: nothing };

function drawn(children: ReturnType<typeof toVnodes>): string {
  const box = document.createElement('div');
  render(
    createElement(ActionsContext.Provider, { value: actions, children: createElement(Fragment, null, children) }),
    box,
  );
  const { innerHTML } = box;
  render(null, box);
  return innerHTML;
}

/** For tests of what stands between a model's text and the page, a part at a time. */
Object.assign(window, {
  /** Names of the elements that are left, and their attributes with values, if the fences before the sanitiser had failed. */
  sanitiseInto(html: string): string[] {
    const box = document.createElement('div');
    box.append(sanitise(html));
    document.body.append(box);
    return [...box.querySelectorAll('*')].flatMap((element) => [
      element.localName,
      ...[...element.attributes].map(({ name, value }) => `${name}=${value}`),
    ]);
  },
  /** Each block as it is drawn through HTML, and from its tokens where that is allowed. */
  drawnBothWays: (markdown: string): { html: string; direct: string | undefined }[] =>
    lex(markdown, {})
      .filter(({ type }) => type !== 'space' && type !== 'def')
      .map((block) => ({
        html: drawn(toVnodes(sanitise(blockToHtml(block)))),
        direct: isPlainMarkdown(block) ? drawn(drawTokens([block])) : undefined,
      })),
});
