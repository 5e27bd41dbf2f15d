import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type ChatPage, type ChatPageOptions, launchBrowser, openChatPage } from './chat-page.ts';
import { buildWebview, type WebviewBundle } from './webview-bundle.ts';

/** For one test file: builds the webview and starts a browser once, and gives a function that opens pages. */
export function useChatPages(): (options?: ChatPageOptions) => Promise<ChatPage> {
  let bundle: WebviewBundle | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    bundle = await buildWebview();
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    bundle?.[Symbol.dispose]();
  });
  return (options) => {
    if (browser === undefined || bundle === undefined) throw new Error('Pages can be opened from within tests only');
    return openChatPage(browser, bundle.folder, options);
  };
}
