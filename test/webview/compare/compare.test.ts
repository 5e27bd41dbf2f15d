import { describe, expect, it } from 'vitest';
import { useChatPages } from '../support/use-chat-pages.ts';
import { assistant, chat, user } from '../support/views.ts';

const open = useChatPages();

const compare = (state: 'streaming' | 'done') => ({
  kind: 'questions',
  board: [{ model: 'p/a', won: 1, tied: 0, lost: 0 }],
  columns: [assistant('a1', 'One', { model: 'p/a', state }), assistant('a2', 'Two', { model: 'p/b', state })],
});

describe('comparing', () => {
  it('sends the next message to the chosen models, and the one after to the chat’s own', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.testId('compare-models').click();
    await page.testId('compare-add').click();
    await page.page.locator('[data-model="anthropic/claude-haiku-4-5"]').click();
    await page.posted();
    await page.page.keyboard.type('Hi');
    await page.page.keyboard.press('Enter');
    await page.page.keyboard.type('Hi again');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([
      { type: 'compare', text: 'Hi', models: ['openai/gpt-5', 'anthropic/claude-haiku-4-5'] },
      { type: 'send', text: 'Hi again' },
    ]);
  });

  it('draws each reply as it comes; each can be stopped, voted for and gone on with', async () => {
    await using page = await open({ width: 800 });
    await page.snapshot(chat({ busy: true, messages: [user('u1', 'Hi')], compare: compare('streaming') }));
    await page.testId('comparison').waitFor();
    await page.delta({ type: 'text-appended', messageId: 'a2', part: 'text', text: ' and more' });
    const columns = page.testId('compare-column');
    expect(await columns.nth(1).textContent()).toContain('Two and more');
    expect(await page.testId('leaderboard').count()).toBe(0);
    await page.posted();
    await columns.nth(0).getByTestId('compare-stop').click();
    await page.testId('compare-stop-all').click();
    await page.delta({ type: 'compare', compare: compare('done') });
    await page.delta({ type: 'busy', busy: false });
    await columns.nth(1).getByTestId('compare-best').click();
    await page.testId('compare-tie').click();
    await columns.nth(1).getByTestId('compare-continue').click();
    expect(await page.posted()).toEqual([
      { type: 'compared', action: 'stop', messageId: 'a1' },
      { type: 'compared', action: 'stop' },
      { type: 'compared', action: 'best', messageId: 'a2' },
      { type: 'compared', action: 'best' },
      { type: 'compared', action: 'continue', messageId: 'a2' },
    ]);
    await page.delta({ type: 'compare', compare: { ...compare('done'), vote: { best: 'a2' } } });
    expect(await columns.nth(1).getByTestId('compare-best').getAttribute('aria-pressed')).toBe('true');
    expect(await page.testId('leaderboard').textContent()).toContain('p/a100');
    await page.delta({ type: 'compare' });
    expect(await columns.count()).toBe(0);
  });

  it('stands side by side where there is room, and one by one where there is not', async () => {
    const lefts = async (width: number): Promise<readonly number[]> => {
      await using page = await open({ width });
      await page.snapshot(chat({ messages: [user('u1', 'Hi')], compare: compare('done') }));
      await page.testId('comparison').waitFor();
      if (width < 400) await page.page.getByRole('button', { name: 'p/b', exact: true }).click();
      return await page
        .testId('compare-column')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
    };
    const [first = 0, second = 0] = await lefts(800);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(second).toBeLessThan(500);
    const [before = 0, turnedTo = 0] = await lefts(300);
    expect(before).toBeLessThan(0);
    expect(turnedTo).toBeGreaterThanOrEqual(0);
    expect(turnedTo).toBeLessThan(40);
  });
});
