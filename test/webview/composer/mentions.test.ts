import { describe, expect, it } from 'vitest';
import type { ChatPage } from '../support/chat-page.ts';
import { useChatPages } from '../support/use-chat-pages.ts';
import { attachments, chat, suggestionGroups } from '../support/views.ts';

const open = useChatPages();

async function typed(page: ChatPage, text: string): Promise<void> {
  await page.snapshot(chat({ busy: true }));
  await page.posted();
  await page.testId('composer').pressSequentially(text);
}

/** Answers the page's last question. */
async function answer(page: ChatPage, groups = suggestionGroups): Promise<void> {
  const asked = (await page.posted()).filter((message) => message.type === 'suggest').at(-1);
  if (asked === undefined) throw new Error('The page asked nothing');
  await page.send({ type: 'suggestions', id: asked.id, groups });
}

const active = (page: ChatPage): Promise<string> =>
  page.page.locator('.suggestion.active .suggestion-label').innerText();

describe('the list behind @', () => {
  it('asks with each letter, and shows no answer to older ones', async () => {
    await using page = await open();
    await typed(page, 'see @ca');
    const asked = await page.posted();
    expect(asked).toMatchObject([
      { type: 'suggest', trigger: '@', query: '' },
      { type: 'suggest', trigger: '@', query: 'c' },
      { type: 'suggest', trigger: '@', query: 'ca' },
    ]);
    const [first] = asked;
    if (first?.type !== 'suggest') throw new Error('no question');
    await page.send({ type: 'suggestions', id: first.id, groups: suggestionGroups });
    expect(await page.testId('suggestions').count()).toBe(0);
  });

  it('shows the answer to the last letter, in whichever order they come', async () => {
    await using page = await open();
    await typed(page, 'see @ca');
    const ids = (await page.posted()).flatMap((message) => (message.type === 'suggest' ? [message.id] : []));
    await page.page.evaluate(
      ([ids, groups]) => {
        for (const id of ids.toReversed()) window.postMessage({ type: 'suggestions', id, groups }, '*');
      },
      [ids, suggestionGroups] as const,
    );
    await page.testId('suggestions').waitFor();
    expect(ids).toHaveLength(3);
  });

  it('is moved in by keys; Enter attaches instead of sending, and the name stays in the text', async () => {
    await using page = await open();
    await typed(page, 'see @ca');
    await answer(page);
    expect(await active(page)).toBe('Current file');
    expect(await page.testId('composer').getAttribute('aria-activedescendant')).toBe('suggestion-0');
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.page.keyboard.press(key);
    expect(await active(page)).toBe('cart.ts');
    await page.page.keyboard.press('Enter');
    expect(await page.testId('composer').inputValue()).toBe('see @cart.ts ');
    expect(await page.posted()).toEqual([{ type: 'attach', mention: 'cart.ts' }]);
    expect(await page.testId('suggestions').count()).toBe(0);
    await page.page.keyboard.type('now');
    expect(await page.testId('composer').inputValue()).toBe('see @cart.ts now');
  });

  it('chooses nothing that is unavailable, by click neither', async () => {
    await using page = await open();
    await typed(page, '@');
    await answer(page);
    await page.testId('suggestion').nth(2).click({ force: true });
    expect(await page.posted()).toEqual([]);
    expect(await page.testId('composer').inputValue()).toBe('@');
  });

  it('leads on to a list of its own', async () => {
    await using page = await open();
    await typed(page, '@sy');
    await answer(page);
    await page.testId('suggestion').nth(1).click();
    expect(await page.testId('composer').inputValue()).toBe('@symbol:');
    expect(await page.posted()).toMatchObject([{ type: 'suggest', query: 'symbol:' }]);
  });

  it('is closed by Escape, which stops no reply, and stays so for this word', async () => {
    await using page = await open();
    await typed(page, '@c');
    await answer(page);
    await page.page.keyboard.press('Escape');
    expect(await page.testId('suggestions').count()).toBe(0);
    await page.page.keyboard.type('a');
    expect(await page.posted()).toEqual([]);
    await page.page.keyboard.press('Escape');
    expect(await page.posted()).toEqual([{ type: 'stop' }]);
    await page.page.keyboard.type(' @');
    expect(await page.posted()).toMatchObject([{ type: 'suggest' }]);
  });

  it('says when nothing fits, and Enter sends', async () => {
    await using page = await open();
    await typed(page, '@zzz');
    await answer(page, []);
    expect(await page.testId('suggestions').innerText()).toBe('Nothing fits.');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([{ type: 'send', text: '@zzz' }]);
  });

  it('serves / at the beginning of a message, too', async () => {
    await using page = await open();
    await typed(page, '/fi');
    await answer(page, [
      {
        label: '',
        suggestions: [{ id: 'fix', icon: 'terminal', label: '/fix', chosen: { type: 'insert', text: '/fix ' } }],
      },
    ]);
    await page.page.keyboard.press('Tab');
    expect(await page.testId('composer').inputValue()).toBe('/fix ');
    expect(await page.posted()).toEqual([]);
  });
});

describe('chips', () => {
  it('say what they are, how much they take, what is missing and why they do not go along', async () => {
    await using page = await open();
    await page.snapshot(chat({ attachments }));
    const chips = page.testId('attachment');
    expect((await chips.allInnerTexts()).map((text) => text.replaceAll('\n', ' ').trim())).toEqual([
      'cart.ts ≈ 812',
      'checkout/ ≈ 34.5K · 40 of 212 files',
      'example.com/a/rather/long/path/of/a/page.html reading…',
      '.env This kind of file holds secrets; no model may see it.',
    ]);
    await page.delta({ type: 'attachments', attachments: attachments.slice(0, 1) });
    expect(await chips.count()).toBe(1);
  });

  it('are opened and taken away by keys', async () => {
    await using page = await open();
    await page.snapshot(chat({ attachments }));
    await page.posted();
    await page.page.getByRole('button', { name: 'cart.ts' }).first().press('Enter');
    await page.page.getByRole('button', { name: 'Remove cart.ts' }).press('Enter');
    expect(await page.posted()).toEqual([
      { type: 'open-attachment', id: 'x1' },
      { type: 'detach', id: 'x1' },
    ]);
  });
});

describe('pasting and dropping', () => {
  /** Gives the composer what a clipboard or a drag would. */
  function give(page: ChatPage, kind: 'paste' | 'drop', data: Readonly<Record<string, string>>, picture: boolean) {
    return page.testId('composer').evaluate(
      async (composer, { kind, data, picture }) => {
        const transfer = new DataTransfer();
        for (const [type, text] of Object.entries(data)) transfer.setData(type, text);
        if (picture) transfer.items.add(new File([new Uint8Array([1, 2, 3])], 'image.png', { type: 'image/png' }));
        const options = { bubbles: true, cancelable: true };
        composer.dispatchEvent(
          kind === 'paste'
            ? new ClipboardEvent('paste', { ...options, clipboardData: transfer })
            : new DragEvent('drop', { ...options, dataTransfer: transfer }),
        );
        await new Promise((done) => setTimeout(done));
      },
      { kind, data, picture },
    );
  }
  const picture = { type: 'attach-image', name: '', mediaType: 'image/png', base64: 'AQID' };

  it.each([
    ['a pasted picture', 'paste', {}, true, [picture]],
    ['a dropped picture', 'drop', {}, true, [picture]],
    ['text beside its picture', 'paste', { 'text/plain': 'a cell' }, true, []],
    [
      'files of the explorer',
      'drop',
      { 'text/uri-list': 'file:///a.ts\r\nfile:///b\r\n' },
      false,
      [{ type: 'attach-uris', uris: ['file:///a.ts', 'file:///b'] }],
    ],
    ['a picture inside of an address', 'drop', { 'text/uri-list': 'data:image/png;base64,AQID' }, false, []],
  ] as const)('%s', async (_what, kind, data, hasPicture, expected) => {
    await using page = await open();
    await page.snapshot(chat());
    await page.posted();
    await give(page, kind, data, hasPicture);
    await expect
      .poll(async () => await page.posted().then((all) => (all.length > 0 ? all : expected)))
      .toEqual(expected);
  });
});

describe('a picture beside the next message', () => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
  const painted = (page: ChatPage): Promise<number> =>
    page.page.evaluate(() => {
      const pixels = document.querySelector('canvas')?.getContext('2d')?.getImageData(0, 0, 36, 36).data;
      return Array.from(pixels ?? []).filter((value, at) => at % 4 === 3 && value > 0).length;
    });

  it('is shown small, asked for once', async () => {
    await using page = await open();
    const picture = { id: 'p', kind: 'image', label: 'cat.png', tokens: 90 } as const;
    await page.snapshot(chat({ attachments: [picture] }));
    expect(await page.posted()).toContainEqual({ type: 'need-picture', id: 'p' });
    await page.send({ type: 'picture', id: 'other', mediaType: 'image/png', base64: png });
    expect(await painted(page)).toBe(0);
    await page.send({ type: 'picture', id: 'p', mediaType: 'image/png', base64: png });
    await expect.poll(() => painted(page)).toBe(36 * 36);
    const file = { id: 'f', kind: 'file', label: 'a.ts', tokens: 1 } as const;
    await page.delta({ type: 'attachments', attachments: [picture, file] });
    expect(await page.posted()).toEqual([]);
    expect(page.alarms).toEqual([]);
  });
});
