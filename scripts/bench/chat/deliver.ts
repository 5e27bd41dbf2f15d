import type { Page } from 'playwright-core';
import type { ToWebview } from '../../../src/protocol/to-webview.ts';

export const paragraph =
  'A paragraph with **bold** words, `code` and a [link](https://example.com).\n\n- one item\n- another\n\n```ts\nconst value = compute(other, 42); // why\n```\n\n';

/** Milliseconds from a message of the host to the frame after the first message of the chat was drawn. */
export function deliver(page: Page, message: ToWebview): Promise<number> {
  return page.evaluate(
    (data) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        window.postMessage(data, '*');
        const look = () =>
          document.querySelector('[data-testid="message"]') === null
            ? requestAnimationFrame(look)
            : requestAnimationFrame(() => resolve(performance.now() - start));
        requestAnimationFrame(look);
      }),
    message,
  );
}
