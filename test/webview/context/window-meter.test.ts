import { describe, expect, it } from 'vitest';
import type { WindowView } from '../../../src/protocol/chat-view.ts';
import { useChatPages } from '../support/use-chat-pages.ts';
import { assistant, chat, nearlyFullWindow, user } from '../support/views.ts';

const open = useChatPages();
const usual: WindowView = { ...nearlyFullWindow, used: 12_345, estimated: true, offersCompact: false };

describe('the window meter', () => {
  it('says how full the window is, and with the keyboard what fills it', async () => {
    await using page = await open();
    await page.snapshot(chat({ window: usual, messages: [user('u', 'Hi'), assistant('a', 'Hello')] }));
    const meter = page.testId('window-meter');
    expect(await meter.getAttribute('aria-label')).toBe('Context window: ≈12.3K of 100K tokens (12%)');
    await meter.focus();
    await page.page.keyboard.press('Enter');
    const rows = await page.testId('window-parts').locator('dl > div').allTextContents();
    expect(rows).toHaveLength(5);
    expect(rows[2]).toBe('Conversation≈70K · 70%');
    await page.page.keyboard.press('Escape');
    expect(await page.testId('window-parts').count()).toBe(0);
    expect(await meter.evaluate((button) => button === document.activeElement)).toBe(true);
    expect((await page.posted()).filter(({ type }) => type === 'stop')).toEqual([]);
  });

  it('turns to a warning, offers to compact and does it when asked, once', async () => {
    await using page = await open();
    await page.snapshot(chat({ window: usual, messages: [user('u', 'Hi'), assistant('a', 'Hello')] }));
    expect(await page.testId('window-notice').count()).toBe(0);
    expect(await page.testId('window-meter').getAttribute('class')).not.toContain('nearly-full');
    await page.delta({ type: 'window', window: nearlyFullWindow });
    expect(await page.testId('window-meter').getAttribute('class')).toContain('nearly-full');
    await page.posted();
    await page.testId('offer-compact').click();
    expect(await page.posted()).toEqual([{ type: 'compact' }]);
    await page.delta({ type: 'window', window: { ...nearlyFullWindow, compacting: true } });
    expect(await page.testId('offer-compact').count()).toBe(0);
    expect(await page.testId('window-notice').textContent()).toContain('summary');
    await page.delta({ type: 'window', window: { ...nearlyFullWindow, problem: 'The server failed.' } });
    expect(await page.testId('window-notice').textContent()).toBe('The server failed.');
  });

  it('knows no share where the window is not known', async () => {
    await using page = await open();
    const { size: _, ...unknown } = usual;
    await page.snapshot(chat({ window: unknown }));
    expect(await page.testId('window-meter').getAttribute('aria-label')).toContain('not known');
    expect(await page.page.locator('.ring-used').count()).toBe(0);
  });
});

describe('instructions of the project', () => {
  it('are named; one opens, or is left out', async () => {
    await using page = await open();
    await page.snapshot(
      chat({
        instructions: [
          { id: 'file:///w/AGENTS.md', name: 'AGENTS.md', on: true, tokens: 210 },
          { id: 'file:///w/CLAUDE.md', name: 'CLAUDE.md', on: false, tokens: 20 },
        ],
      }),
    );
    const [first, second] = [page.testId('instruction').nth(0), page.testId('instruction').nth(1)];
    await page.posted();
    await first.getByRole('button', { name: 'AGENTS.md', exact: true }).click();
    await first.getByRole('button', { name: 'Send AGENTS.md along' }).click();
    await second.getByRole('button', { name: 'Send CLAUDE.md along' }).click();
    expect(await page.posted()).toEqual([
      { type: 'open-instruction', id: 'file:///w/AGENTS.md' },
      { type: 'use-instruction', id: 'file:///w/AGENTS.md', on: false },
      { type: 'use-instruction', id: 'file:///w/CLAUDE.md', on: true },
    ]);
  });
});

describe('a compacted chat', () => {
  it('shows the summary where it was made, and what was before it when asked', async () => {
    await using page = await open();
    const summary = { messages: 2, model: 'p/small' };
    await page.snapshot(
      chat({
        messages: [
          user('u1', 'One'),
          assistant('a1', 'First'),
          { ...user('s', 'Summary of **all**'), summary },
          { ...user('u2', '/explain'), expanded: 'Explain the attached code.' },
          assistant('a2', 'Second'),
        ],
      }),
    );
    expect(await page.testId('message').count()).toBe(2);
    expect(await page.testId('summary').locator('summary').textContent()).toBe(
      'Summary of 2 earlier messages, by p/small',
    );
    await page.testId('unfold').click();
    await expect.poll(() => page.testId('message').count()).toBe(4);
    await page.testId('sent-instead').locator('summary').click();
    expect(await page.page.locator('.sent-text').textContent()).toBe('Explain the attached code.');
  });
});
