import { describe, expect, it } from 'vitest';
import { useChatPages } from '../support/use-chat-pages.ts';
import { chat, user } from '../support/views.ts';

const open = useChatPages();

describe('composer', () => {
  it('asks for a snapshot when the page is loaded, and once', async () => {
    await using page = await open();
    await page.snapshot(chat());
    expect(await page.posted()).toEqual([{ type: 'need-snapshot' }]);
  });

  it('sends on Enter and is empty after it', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.posted();
    await page.testId('composer').fill('Hello');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([{ type: 'send', text: 'Hello' }]);
    expect(await page.testId('composer').inputValue()).toBe('');
  });

  it('sends on a click, and the cursor is back in the composer', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.posted();
    await page.testId('composer').fill('Hello');
    await page.testId('send').click();
    expect(await page.posted()).toEqual([{ type: 'send', text: 'Hello' }]);
    await page.page.keyboard.type('More');
    expect(await page.testId('composer').inputValue()).toBe('More');
  });

  it('breaks the line on Shift+Enter and grows', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.posted();
    const composer = page.testId('composer');
    const before = (await composer.boundingBox())?.height ?? 0;
    await composer.focus();
    await page.page.keyboard.type('one');
    await page.page.keyboard.press('Shift+Enter');
    await page.page.keyboard.type('two');
    expect(await composer.inputValue()).toBe('one\ntwo');
    expect((await composer.boundingBox())?.height).toBeGreaterThan(before);
    expect(await page.posted()).toEqual([]);
  });

  it('does not send blank text', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.posted();
    await page.testId('composer').fill(' \n ');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([]);
    expect(await page.testId('send').isDisabled()).toBe(true);
  });

  it('leaves Enter to the input method while it composes', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.posted();
    await page.testId('composer').fill('にほん');
    await page.testId('composer').evaluate((composer) => {
      composer.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
      composer.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true }));
    });
    expect(await page.posted()).toEqual([]);
    expect(await page.testId('composer').inputValue()).toBe('にほん');
  });

  it('sends while a reply is written, for it waits then; Escape stops the reply', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi')], busy: true }));
    await page.posted();
    await page.testId('composer').fill('Next');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([{ type: 'send', text: 'Next' }]);
    expect(await page.testId('composer').inputValue()).toBe('');
    await page.page.keyboard.press('Escape');
    expect(await page.posted()).toEqual([{ type: 'stop' }]);
  });

  it('stops on a click; when the reply is over the same text can be sent', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi')], busy: true }));
    await page.testId('composer').fill('Next');
    await page.posted();
    await page.testId('stop').click();
    expect(await page.posted()).toEqual([{ type: 'stop' }]);
    await page.delta({ type: 'busy', busy: false });
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([{ type: 'send', text: 'Next' }]);
  });

  it('recalls earlier prompts with Up and Down', async () => {
    await using page = await open();
    await page.snapshot(chat({ recall: ['first', 'second'] }));
    const composer = page.testId('composer');
    await composer.focus();
    const shown: string[] = [];
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowUp']) {
      await page.page.keyboard.press(key);
      shown.push(await composer.inputValue());
    }
    expect(shown).toEqual(['second', 'first', 'second', '', 'second']);
  });

  it('gets its text back after the page was loaded anew', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.testId('composer').fill('Half a thou');
    const state = await page.savedState();
    await using again = await open({ state });
    await again.snapshot(chat());
    expect(await again.testId('composer').inputValue()).toBe('Half a thou');
  });

  it.each([null, 7, { draft: 7 }, { other: 'x' }])('begins empty on a state it does not know: %j', async (state) => {
    await using page = await open({ state });
    await page.snapshot(chat());
    expect(await page.testId('composer').inputValue()).toBe('');
    expect(page.alarms).toEqual([]);
  });

  it('takes text and cursor when the host says so, also before the first snapshot', async () => {
    await using page = await open();
    await page.send({ type: 'focus-composer', text: 'Explain ' });
    await page.snapshot(chat());
    await page.page.keyboard.type('this');
    expect(await page.testId('composer').inputValue()).toBe('Explain this');
  });

  it('adds what the host gives it to what the user wrote', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.testId('composer').fill('My words');
    await page.send({ type: 'focus-composer', text: 'Given' });
    await expect.poll(() => page.testId('composer').inputValue()).toBe('My words\nGiven');
  });

  it('fills in an example of the empty chat', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.page.getByRole('button', { name: 'Explain' }).click();
    await page.page.getByRole('button', { name: 'Review this code' }).click();
    await page.page.keyboard.type('x = 1');
    expect(await page.testId('composer').inputValue()).toMatch(/^Review this code.*:\n\nx = 1$/);
  });
});
