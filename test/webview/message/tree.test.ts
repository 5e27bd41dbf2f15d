import { describe, expect, it } from 'vitest';
import { useChatPages } from '../support/use-chat-pages.ts';
import { assistant, chat, user } from '../support/views.ts';

const open = useChatPages();

describe('a message with others in its place', () => {
  const shown = (position: number) =>
    chat({
      messages: [user('u1', 'Hi'), assistant(`a${position}`, `reply ${position}`, { branch: { position, count: 3 } })],
    });

  it('tells its place and moves by keyboard; the focus stays on the arrow', async () => {
    await using page = await open();
    await page.snapshot(shown(2));
    expect(await page.testId('branch-position').textContent()).toBe('2/3');
    await page.posted();
    await page.testId('branch-next').focus();
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([{ type: 'switch-branch', messageId: 'a2', step: 1 }]);
    const [, third] = shown(3).messages;
    await page.delta({ type: 'messages-replaced-from', messageId: 'a2', messages: third ? [third] : [] });
    // There is none behind the last: the way back has the focus.
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('branch-previous');
    expect(await page.testId('branch-next').isDisabled()).toBe(true);
    expect(await page.testId('branch-previous').getAttribute('aria-label')).toBe('Previous version (3 of 3 is shown)');
  });

  it('has no arrows where it is alone', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi'), assistant('a1', 'Hello')] }));
    expect(await page.testId('branch-next').count()).toBe(0);
  });
});

describe('an earlier message', () => {
  it('is edited in its place and sent with Enter; Escape leaves it as it was and stops nothing', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi there'), assistant('a1', 'Hello')] }));
    await page.testId('edit-message').focus();
    await page.page.keyboard.press('Enter');
    expect(await page.testId('edit-input').inputValue()).toBe('Hi there');
    await page.posted();
    await page.page.keyboard.press('Escape');
    expect(await page.testId('edit-input').count()).toBe(0);
    expect(await page.posted()).toEqual([]);
    await page.testId('edit-message').click();
    await page.page.keyboard.type('!');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([{ type: 'edit', messageId: 'u1', text: 'Hi there!' }]);
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('composer');
  });

  it('can be answered where it has no reply', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi')] }));
    await page.posted();
    await page.testId('retry').click();
    expect(await page.posted()).toEqual([{ type: 'retry', messageId: 'u1' }]);
  });
});

describe('a reply', () => {
  it('is asked of another model, which is chosen for it alone', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi'), assistant('a1', 'Hello')] }));
    await page.posted();
    await page.testId('retry-with').click();
    await page.page.keyboard.press('Escape');
    expect(await page.testId('model-option').count()).toBe(0);
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('retry-with');
    await page.testId('retry-with').click();
    await page.page.locator('[data-model="anthropic/claude-haiku-4-5"]').click();
    expect(await page.posted()).toEqual([
      { type: 'refresh-models' },
      { type: 'refresh-models' },
      { type: 'retry', messageId: 'a1', model: 'anthropic/claude-haiku-4-5' },
    ]);
  });

  it('is the end of a fork', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi'), assistant('a1', 'Hello')] }));
    await page.posted();
    await page.testId('fork').last().click();
    await page.testId('fork').first().click();
    expect(await page.posted()).toEqual([
      { type: 'fork', messageId: 'a1' },
      { type: 'fork', messageId: 'u1' },
    ]);
  });

  it('tells how long it thought, what it called, what it refers to, and shows pictures without loading any', async () => {
    await using page = await open();
    const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR42mP4zwAE/wEHAAH/PX2MSQAAAABJRU5ErkJggg==';
    const reply = assistant('a1', '', {
      parts: [
        { type: 'reasoning', text: 'hm', ms: 4200 },
        { type: 'tool-call', name: 'read_file', arguments: '{"path":"a.ts"}' },
        { type: 'text', text: 'Done' },
      ],
      sources: [
        { url: 'https://example.com/a', title: 'A page' },
        { url: 'javascript:alert(1)', title: 'Evil' },
      ],
    });
    const picture = { type: 'image', mediaType: 'image/png', base64: dot } as const;
    const broken = { type: 'image', mediaType: 'image/png', base64: 'AAAA' } as const;
    await page.snapshot(chat({ messages: [{ ...user('u1', 'Look'), parts: [picture, broken] }, reply] }));
    expect(await page.page.locator('summary').allTextContents()).toEqual([
      'Thought for 4.2 s',
      'read_file{"path":"a.ts"}',
      '2 sources',
    ]);
    await page.page.locator('.image-broken').waitFor();
    await page.page.waitForFunction(() => document.querySelector('canvas')?.width === 2);
    await page.testId('sources').locator('summary').click();
    await page.posted();
    await page.page.getByRole('link', { name: 'A page' }).click();
    expect(await page.posted()).toEqual([{ type: 'open-link', url: 'https://example.com/a' }]);
    expect(await page.page.getByRole('link', { name: 'Evil' }).count()).toBe(0);
    expect(page.alarms).toEqual([]);
  });
});

describe('messages that wait', () => {
  const queue = [
    { id: 'q1', text: 'Then this', attachments: ['notes.txt'] },
    { id: 'q2', text: 'And that', attachments: [] },
  ];

  it('can be taken back and thrown away, and sent where no reply is being written', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi')], busy: true, queue }));
    expect(await page.testId('queued-message').count()).toBe(2);
    expect(await page.testId('queued-send').count()).toBe(0);
    await page.posted();
    await page.testId('queued-edit').first().click();
    await page.testId('queued-remove').last().click();
    await page.delta({ type: 'busy', busy: false });
    await page.testId('queued-send').first().click();
    expect(await page.posted()).toEqual([
      { type: 'queued', id: 'q1', action: 'edit' },
      { type: 'queued', id: 'q2', action: 'remove' },
      { type: 'queued', id: 'q1', action: 'send' },
    ]);
    await page.delta({ type: 'queue', queue: [] });
    expect(await page.testId('queued-message').count()).toBe(0);
  });
});
