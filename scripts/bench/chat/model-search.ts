// A search in a list of 400 models: from the key to the frame that shows what was found.
import type { Browser, Page } from 'playwright-core';
import type { ModelView } from '../../../src/protocol/chat-view.ts';
import { openChatPage } from '../../../test/webview/support/chat-page.ts';
import { chat } from '../../../test/webview/support/views.ts';
import { printFigure } from '../figure.ts';

const families = ['claude-sonnet', 'gpt', 'gemini-flash', 'llama', 'qwen-coder', 'mistral-large', 'deepseek', 'phi'];
const models: ModelView[] = Array.from({ length: 400 }, (_, nth) => {
  const name = `${families[nth % families.length]}-${nth}`;
  const provider = `Provider ${nth % 12}`;
  return {
    ...{ ref: `p${nth % 12}/${name}`, label: name, provider, detail: 'a model of some size' },
    ...{ contextWindow: 128_000, price: { input: 1, output: 4 }, firstTokenMs: 700, abilities: ['images', 'tools'] },
  };
});

export async function modelSearch(browser: Browser, folder: string): Promise<void> {
  await using page = await openChatPage(browser, folder);
  await page.snapshot(chat({ models }));
  await page.testId('model-button').click();
  await page.testId('model-list').waitFor();
  const found: number[] = [];
  for (const letters of ['claude', 'qwen 12', 'gmfl', 'provider 3', 'nothing of it']) {
    await page.page.locator('.model-list input').fill('');
    for (const letter of letters) found.push(await shownAfter(page.page, letter));
  }
  printFigure({
    what: `a key in the search of ${models.length} models, at the worst of ${found.length}`,
    unit: 'ms',
    tutti: Math.max(...found),
    limit: 50,
  });
}

/** From the key to the frame after the one that draws its answer. */
function shownAfter(page: Page, letter: string): Promise<number> {
  return page.evaluate(
    (typed) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        document.execCommand('insertText', false, typed);
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
      }),
    letter,
  );
}
