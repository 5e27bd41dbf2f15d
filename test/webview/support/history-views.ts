import type { HistoryItem, HistoryPage } from '../../../src/protocol/history-view.ts';
import type { ChatPage } from './chat-page.ts';
import { chat } from './views.ts';

const dayMs = 24 * 60 * 60 * 1000;

export function historyItem(chatId: string, title: string, changes: Partial<HistoryItem> = {}): HistoryItem {
  const updatedAt = Date.now() - 40 * dayMs;
  return { chatId, title, updatedAt, pinned: false, current: false, messages: 2, branches: 1, ...changes };
}

export const historyItems: readonly HistoryItem[] = [
  historyItem('pinned', 'How we release: checklist', {
    pinned: true,
    updatedAt: Date.now() - 12 * dayMs,
    workspace: '/home/ada/shop',
    model: 'anthropic/claude-sonnet-4-5',
    messages: 24,
    branches: 3,
    cost: 1.25,
  }),
  historyItem('today', 'Parser for durations with a title that is much too long for any side bar there is', {
    updatedAt: Date.now(),
    current: true,
    workspace: '/home/ada/shop',
    model: 'openai/gpt-5',
    messages: 6,
    cost: 0.0123,
    excerpt: '…a Parser that reads “1h30m” into seconds, with tests for every unit, and says where it stopped…',
  }),
  historyItem('arabic', 'كيف أكتب محللا؟', { updatedAt: Date.now() - dayMs, model: 'embedded/smollm2-135m-instruct' }),
  historyItem('old', 'SQL: the window functions', { workspace: '/home/ada/work/reports.code-workspace', messages: 1 }),
];

export const historyPage = (items: readonly HistoryItem[], changes: Partial<HistoryPage> = {}): HistoryPage => ({
  offset: 0,
  items,
  total: items.length,
  workspaces: [
    { path: '/home/ada/shop', chats: 2 },
    { path: '/home/ada/work/reports.code-workspace', chats: 1 },
  ],
  ...changes,
});

/** The list open over an empty chat; what it asked first is answered with this page, and given. */
export async function showHistory(page: ChatPage, answer: HistoryPage, search = '') {
  await page.snapshot(chat());
  await page.posted();
  await page.send({ type: 'open-history', search });
  await page.testId('history-search').waitFor();
  return answerHistory(page, answer);
}

/** Answers the last question about the list; the questions it posted. */
export async function answerHistory(page: ChatPage, answer: HistoryPage) {
  const asked = (await page.posted()).flatMap((message) => (message.type === 'history' ? [message.ask] : []));
  const number = asked.flatMap((ask) => (ask.kind === 'list' ? [ask.number] : [])).at(-1);
  if (number !== undefined) await page.send({ type: 'history', told: { kind: 'page', number, page: answer } });
  return asked;
}
