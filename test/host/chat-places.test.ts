import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { doing, openWorkbench, reload, type Workbench, waitUntil } from '../support/workbench.ts';
import { pickQuickItem, runCommand } from '../support/workbench-input.ts';
import { openChat, waitForStatusBarItem } from '../support/workbench-parts.ts';

/** What VS Code writes into the address of a view's page, and not into that of a tab's. */
const ofView = '[src*="purpose=webviewView"]';

/** For the browser: VS Code writes down what is open every few seconds. It has when both tabs are there with their chats. */
const tabsAreKept = `(async () => {
  const read = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const values = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await read(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      values.push(...(await read(database.transaction(store).objectStore(store).getAll())));
    database.close();
  }
  return values.map(String).some((value) => value.includes('The first question') && value.split('chatId').length > 2);
})()`;

describe('chats in several places', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['gpt-test']);
    tutti = await openTutti({
      settings: {
        'tutti.providers': { cloud: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1` } },
        'tutti.roles': { chat: 'cloud/gpt-test' },
      },
    });
    await openChat(tutti.workbench);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  it('are answered at the same time, each where it is', async () => {
    const view = chatIn(ofView);
    const ofFirst = Promise.withResolvers<void>();
    vendor.answers.push({ say: ['first begins', ofFirst.promise, ' and ends'] });
    await send(view, 'The first question');
    await reply(view).getByText('first begins').waitFor();

    await runCommand(tutti.workbench, 'Tutti: New Chat in Editor');
    const tab = chatIn(`:not(${ofView})`);
    vendor.answers.push({ say: ['second comes whole'] });
    await send(tab, 'The second question');
    await reply(tab).getByText('second comes whole').waitFor();
    await replied(tab);
    await tabCalled('The second question');
    expect(await view.getByTestId('stop').isVisible()).toBe(true);

    ofFirst.resolve();
    await reply(view).getByText('first begins and ends').waitFor();
    expect(await tab.getByTestId('message').allTextContents()).toHaveLength(2);
  });

  it('go on while another chat is shown, and a chat shown twice is one', async () => {
    const view = chatIn(ofView);
    const tab = chatIn(`:not(${ofView})`);
    const more = Promise.withResolvers<void>();
    vendor.answers.push({ say: ['long', more.promise, ' enough'] });
    await send(tab, 'Take your time');
    await reply(tab).getByText('long').waitFor();
    // In the place that was used last: the tab.
    await runCommand(tutti.workbench, 'Tutti: New Chat');
    await tab.getByText('Every model, one assistant').waitFor();
    await tab.locator('[data-testid="composer"]:focus').waitFor();
    more.resolve();

    await view.getByTestId('composer').click();
    await runCommand(tutti.workbench, 'Tutti: Open Chat in Editor');
    await tabCalled('The first question');
    // The page of a tab behind another is gone: this one's is the only one again.
    await reply(tab).getByText('first begins and ends').waitFor();
    vendor.answers.push({ say: ['seen by both'] });
    await send(tab, 'Who sees this?');
    await reply(tab).getByText('seen by both').waitFor();
    await reply(view).getByText('seen by both').waitFor();
    await replied(view);
  });

  it('come back each where it was when the window is loaded anew', async () => {
    await waitUntil(tutti.workbench, 'see both tabs kept', () => tutti.workbench.page.evaluate<boolean>(tabsAreKept));
    await reload(tutti.workbench);
    const view = chatIn(ofView);
    await reply(view).getByText('seen by both').waitFor({ timeout: 60_000 });
    await tabCalled('The first question');
    const tab = chatIn(`:not(${ofView})`);
    await reply(tab).getByText('seen by both').waitFor({ timeout: 30_000 });
  });

  it('come back whole when their pages are loaded anew in the middle of a reply', async () => {
    const view = chatIn(ofView);
    const rest = Promise.withResolvers<void>();
    vendor.answers.push({ say: ['before the page went', rest.promise, ', and after'] });
    await send(view, 'Does it survive?');
    await reply(view).getByText('before the page went').waitFor();
    const page = tutti.workbench.page.frames().find((frame) => frame.url().includes('fake.html'));
    await runCommand(tutti.workbench, 'Developer: Reload Webviews');
    await waitUntil(tutti.workbench, 'see the page go', async () => page?.isDetached());
    const gone = performance.now();
    await reply(view).getByText('before the page went').waitFor();
    console.log(`page loaded anew → its reply is there again: ${Math.round(performance.now() - gone)} ms`);
    rest.resolve();
    await reply(view).getByText('before the page went, and after').waitFor();
    await replied(view);
  });

  it('live in a window of their own, too', async () => {
    const opened = tutti.profile.waitForEvent('page');
    await runCommand(tutti.workbench, 'Tutti: Open Chat in New Window');
    const page = await opened;
    const own = chatIn(`:not(${ofView})`, { ...tutti.workbench, page });
    await reply(own).getByText(', and after').waitFor();
    vendor.answers.push({ say: ['in its own window'] });
    await send(own, 'Where are you?');
    await reply(own).getByText('in its own window').waitFor();
    await replied(own);
    // One chat, in two places.
    await reply(chatIn(ofView)).getByText('in its own window').waitFor();
    await page.close();
    await tutti.workbench.page.bringToFront();
    vendor.answers.push({ say: ['and after'] });
    await send(chatIn(ofView), 'And now?');
    await replied(chatIn(ofView));
  });

  it('live in the secondary sidebar, too', async () => {
    const { page } = tutti.workbench;
    await runCommand(tutti.workbench, 'View: Move View');
    await pickQuickItem(tutti.workbench, 'Chat');
    await pickQuickItem(tutti.workbench, 'New Secondary Side Bar Entry');
    await doing(tutti.workbench, 'see the chat in the secondary sidebar', () =>
      page.locator('.part.auxiliarybar [aria-label*="Tutti"]').first().waitFor(),
    );
    const view = chatIn(ofView);
    await reply(view).getByText('and after').waitFor();
    vendor.answers.push({ say: ['here as well'] });
    await send(view, 'And here?');
    await reply(view).getByText('here as well').waitFor();
    await replied(view);
  });

  it('of one store are seen by a second window, which harms nothing', async () => {
    await using other = await openWorkbench(tutti.server, { folder: tutti.folder, profile: tutti.profile });
    await waitForStatusBarItem(other, 'Tutti chat model', 60_000);
    // The tab that is in front comes back there, too, and with it the keyboard.
    const there = chatIn(`:not(${ofView})`, other);
    await doing(other, 'see the chat of the first window', () =>
      reply(there).getByText('here as well').waitFor({ timeout: 60_000 }),
    );
    vendor.answers.push({ say: ['from the other window'] });
    await send(there, 'Said elsewhere');
    await reply(there).getByText('from the other window').waitFor();
    await replied(there);

    const here = chatIn(ofView);
    await tutti.workbench.page.bringToFront();
    await here.getByTestId('composer').blur();
    await here.getByTestId('composer').focus();
    await reply(here).getByText('from the other window').waitFor();
  });

  /** The page in the view, or in the tab that is shown. */
  function chatIn(where: string, { page }: Workbench = tutti.workbench): FrameLocator {
    return page
      .locator(`iframe.webview.ready[src*="extensionId=tutti.tutti"]${where}`)
      .first()
      .contentFrame()
      .frameLocator('iframe#active-frame');
  }

  async function tabCalled(title: string): Promise<void> {
    await doing(tutti.workbench, `see a tab “${title}”`, () =>
      tutti.workbench.page.locator(`.tabs-container .tab[aria-label^="${title}"]`).first().waitFor(),
    );
  }
});
