import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { findChromium } from '../../../scripts/setup/chromium.ts';
import type { FromWebview } from '../../../src/protocol/from-webview.ts';
import type { Delta, ToWebview } from '../../../src/protocol/to-webview.ts';
import type { UsageToWebview } from '../../../src/protocol/usage-to-webview.ts';
import { startHttpServer, type TestServer } from '../../support/http-server.ts';
import { type Theme, themeCss, themes } from './themes.ts';

export interface ChatPageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** What `getState` gives, as after a reload. */
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
  /** The usage's page instead of the chat's. */
  readonly usage?: boolean;
  /** What the host puts into the page for a language other than English. */
  readonly translations?: Readonly<Record<string, string>>;
}

/** The built webview in a browser, with the test in the place of the extension host. */
export interface ChatPage extends AsyncDisposable {
  readonly page: Page;
  testId(name: string): Locator;
  send(message: ToWebview | UsageToWebview): Promise<void>;
  /** Sends with the number after the last one sent. */
  snapshot(view: Extract<ToWebview, { type: 'snapshot' }>['view']): Promise<void>;
  delta(delta: Delta): Promise<void>;
  /** Everything the page posted since this was last asked, but that it has the keyboard: a click says so by the way. */
  posted(): Promise<FromWebview[]>;
  savedState(): Promise<unknown>;
  /** Every address asked for, by page, frame or worker. */
  readonly requested: readonly string[];
  /** Dialogs, errors and console errors; a page at peace has none. */
  readonly alarms: readonly string[];
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium found; name one in TUTTI_CHROMIUM');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Opens the page that the host would make, under the same content security policy. */
export async function openChatPage(browser: Browser, folder: string, options: ChatPageOptions = {}): Promise<ChatPage> {
  const theme = options.theme ?? themes[0];
  if (theme === undefined) throw new Error('No theme');
  const server = await serve(folder, theme, options);
  const context = await browser.newContext({
    viewport: { width: options.width ?? 400, height: options.height ?? 800 },
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const requested: string[] = [];
  const alarms: string[] = [];
  context.on('request', (request) => requested.push(request.url()));
  page.on('dialog', (dialog) => {
    alarms.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => alarms.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') alarms.push(`console: ${message.text()}`);
  });
  await page.goto(`${server.url}/`);

  let seq = 0;
  const send = (message: ToWebview | UsageToWebview): Promise<void> =>
    page.evaluate(async (data) => {
      const received = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
      window.postMessage(data, '*');
      await received;
      // Drawn in the next frame; effects of that follow it, and what they change is drawn in one more.
      for (let frame = 0; frame < 3; frame++) await new Promise((drawn) => requestAnimationFrame(drawn));
    }, message);
  return {
    page,
    requested,
    alarms,
    send,
    testId: (name) => page.locator(`[data-testid="${name}"]`),
    snapshot: (view) => send({ type: 'snapshot', seq: ++seq, view }),
    delta: (delta) => send({ type: 'delta', seq: ++seq, delta }),
    posted: async () => {
      const posted = await page.evaluate(() => (window as unknown as TestWindow).testPosted.splice(0));
      return posted.filter(({ type }) => type !== 'focused');
    },
    savedState: () => page.evaluate(() => (window as unknown as TestWindow).testState),
    async [Symbol.asyncDispose]() {
      await context.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

interface TestWindow {
  readonly testPosted: FromWebview[];
  readonly testState: unknown;
}

const nonce = 'test-nonce';
const policy = [
  "default-src 'none'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src blob:",
  `style-src 'self' 'nonce-${nonce}'; script-src 'nonce-${nonce}'`,
].join('; ');

const html = (theme: Theme, { state, usage = false, translations = {} }: ChatPageOptions): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Tutti</title>
<script type="application/json" id="translations">${JSON.stringify(translations).replaceAll('<', '\\u003c')}</script>
<link rel="stylesheet" href="theme.css">
<link rel="stylesheet" href="${usage ? 'usage-page' : 'chat'}.css">
</head>
<body class="${theme.bodyClass}">
<script nonce="${nonce}">
window.testPosted = [];
window.testState = ${JSON.stringify(state) ?? 'undefined'};
window.acquireVsCodeApi = () => ({
  postMessage: (message) => void window.testPosted.push(message),
  getState: () => window.testState,
  setState: (next) => { window.testState = next; },
});
</script>
<script type="module" nonce="${nonce}" src="${usage ? 'usage' : 'main'}.js"></script>
</body>
</html>`;

const mediaTypes: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', ttf: 'font/ttf' };

function serve(folder: string, theme: Theme, options: ChatPageOptions): Promise<TestServer> {
  return startHttpServer((request, response) => {
    const name = basename(new URL(request.path, 'http://localhost').pathname);
    if (name === '') return void response.setHeader('content-type', 'text/html').end(html(theme, options));
    if (name === 'sanitiser.html') {
      return void response
        .setHeader('content-type', 'text/html')
        .end('<script type="module" src="sanitiser.js"></script>');
    }
    // Chromium asks for it whatever the page says.
    if (name === 'favicon.ico') return void response.writeHead(204).end();
    const type = mediaTypes[name.split('.').at(-1) ?? ''];
    if (type === undefined) return void response.writeHead(404).end();
    response.setHeader('content-type', type);
    response.end(name === 'theme.css' ? themeCss(theme) : readFileSync(join(folder, name)));
  });
}
