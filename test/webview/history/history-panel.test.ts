import { describe, expect, it } from 'vitest';
import type { HistoryAsk } from '../../../src/protocol/history-view.ts';
import type { ChatPage } from '../support/chat-page.ts';
import { answerHistory, historyItem, historyItems, historyPage, showHistory } from '../support/history-views.ts';
import { useChatPages } from '../support/use-chat-pages.ts';

const open = useChatPages();

const asked = async (page: ChatPage): Promise<readonly HistoryAsk[]> =>
  (await page.posted()).flatMap((message) => (message.type === 'history' ? [message.ask] : []));
const titles = (page: ChatPage): Promise<string[]> => page.page.locator('.history-title').allTextContents();
const focused = (page: ChatPage): Promise<string | null | undefined> =>
  page.page.evaluate(() => document.activeElement?.closest('[data-testid]')?.getAttribute('data-chat'));
const press = (page: ChatPage, key: string): Promise<void> => page.page.keyboard.press(key);
/** The question that follows a pause in typing. */
const nextList = (page: ChatPage): Promise<void> =>
  page.page
    .waitForFunction(() =>
      (window as unknown as { testPosted: { ask?: { kind: string } }[] }).testPosted.some(
        ({ ask }) => ask?.kind === 'list',
      ),
    )
    .then(() => undefined);

describe('the list of all chats', () => {
  it('shows title, time, folder, model, branches and cost under headings', async () => {
    await using page = await open();
    expect(await showHistory(page, historyPage(historyItems))).toEqual([
      { kind: 'list', number: 1, search: '', offset: 0 },
    ]);
    expect(await page.testId('history').locator('h2').allTextContents()).toEqual([
      'Pinned',
      'Today',
      'Yesterday',
      'Older',
    ]);
    // Each stands above its chats, on none of them.
    const edges = await page.testId('history').evaluate((list) =>
      [...list.querySelectorAll('h2, [data-testid="history-item"]')].map((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return { top: Math.round(top), bottom: Math.round(bottom) };
      }),
    );
    expect(edges.slice(1).filter(({ top }, index) => top < (edges[index]?.bottom ?? 0))).toEqual([]);
    expect(await page.testId('history-item').first().locator('.history-facts').textContent()).toBe(
      'shop · anthropic/claude-sonnet-4-5 · 24 messages · 3 branches · $1.25',
    );
    expect(await page.testId('history-item').nth(1).locator('.history-open').getAttribute('aria-current')).toBe('true');
  });

  it('is worked with the keyboard: search, arrows, Enter, Escape', async () => {
    await using page = await open();
    await showHistory(page, historyPage(historyItems));
    await press(page, 'ArrowDown');
    expect(await focused(page)).toBe('pinned');
    await press(page, 'ArrowDown');
    await press(page, 'ArrowDown');
    await press(page, 'ArrowUp');
    expect(await focused(page)).toBe('today');
    await press(page, 'Enter');
    expect(await asked(page)).toEqual([{ kind: 'open', chatId: 'today' }]);
    expect(await page.testId('history').count()).toBe(0);

    await showHistory(page, historyPage(historyItems));
    await press(page, 'Escape');
    expect(await page.testId('history').count()).toBe(0);
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('composer');
  });

  it('asks for what is typed and what is filtered, ignores old answers, marks what was found', async () => {
    await using page = await open();
    await showHistory(page, historyPage(historyItems));
    await page.testId('history-search').fill('parser 1h');
    await nextList(page);
    await page.send({ type: 'history', told: { kind: 'page', number: 1, page: historyPage([]) } });
    expect(await titles(page)).toHaveLength(4);
    expect(await answerHistory(page, historyPage(historyItems.slice(1, 2)))).toMatchObject([{ search: 'parser 1h' }]);
    expect(await page.testId('history').locator('mark').allTextContents()).toEqual(['Parser', 'Parser', '1h']);
    await page.testId('history-workspace').selectOption('/home/ada/shop');
    await nextList(page);
    expect(await answerHistory(page, historyPage([]))).toMatchObject([{ workspace: '/home/ada/shop' }]);
    expect(await page.page.locator('.options-empty').textContent()).toBe('No chat has these words.');
  });

  it('gets the next page when its end comes into sight', async () => {
    await using page = await open();
    const all = Array.from({ length: 70 }, (_, index) => historyItem(`c${index}`, `Chat ${index}`));
    await showHistory(page, historyPage(all.slice(0, 60), { total: 70 }));
    await page.posted();
    await page.page.locator('.history-more').scrollIntoViewIfNeeded();
    await nextList(page);
    // The last of the first page was written in meanwhile, and comes again.
    const rest = historyPage(all.slice(59), { offset: 60, total: 70 });
    expect(await answerHistory(page, rest)).toMatchObject([{ kind: 'list', offset: 60 }]);
    expect(await titles(page)).toHaveLength(70);
    expect(await page.page.locator('.history-more').count()).toBe(0);
  });

  it('pins, renames, deletes with a way back', async () => {
    await using page = await open();
    await showHistory(page, historyPage(historyItems));
    const row = (chatId: string) => page.page.locator(`[data-chat="${chatId}"]`);
    await row('old').hover();
    await row('old').getByTestId('history-pin').click();
    await row('today').locator('.history-open').focus();
    await press(page, 'F2');
    await page.page.keyboard.type('Durations');
    await press(page, 'Enter');
    expect(await row('today').locator('.history-title').textContent()).toBe('Durations');
    await row('arabic').locator('.history-open').focus();
    await press(page, 'F2');
    await page.page.keyboard.type('not this');
    await press(page, 'Escape');
    await page.page.waitForFunction(() => document.activeElement?.classList.contains('history-open'));
    expect(await page.testId('history').count()).toBe(1);
    await press(page, 'Delete');
    expect(await row('arabic').count()).toBe(0);
    expect(await page.testId('history-undo').textContent()).toContain('is deleted');
    await page.testId('history-undo').getByRole('button').click();
    expect(await asked(page)).toEqual([
      { kind: 'pin', chatId: 'old', pinned: true },
      { kind: 'rename', chatId: 'today', title: 'Durations' },
      { kind: 'delete', chatId: 'arabic' },
      { kind: 'restore', chatId: 'arabic' },
    ]);
    expect(page.alarms).toEqual([]);
  });

  it('says what went wrong', async () => {
    await using page = await open();
    await showHistory(page, historyPage([]));
    await page.testId('history-search').fill('x');
    await nextList(page);
    await page.send({ type: 'history', told: { kind: 'failed', number: 2, problem: 'The disk is gone.' } });
    expect(await page.page.getByRole('alert').textContent()).toBe('The disk is gone.');
  });
});
