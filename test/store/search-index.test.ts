import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Chats } from '../../src/store/chats.ts';
import { databaseAt } from '../../src/store/database.ts';
import { SearchIndex } from '../../src/store/search-index.ts';

const signal = new AbortController().signal;

/** Bodies are plain text here; what begins with `…` is still being written. */
function searched() {
  const open = databaseAt(join(mkdtempSync(join(tmpdir(), 'tutti-search-')), 'tutti.db'));
  const read: string[] = [];
  const index = new SearchIndex(open, (body) => {
    read.push(body);
    return { text: body, isGrowing: body.startsWith('…') };
  });
  return { open, chats: new Chats(open), index, read, [Symbol.dispose]: () => open[Symbol.dispose]() };
}

async function keep(chats: Chats, id: string, title: string, ...bodies: readonly string[]): Promise<void> {
  await chats.saveChat({ id, title, createdAt: 1, updatedAt: 1 });
  for (const [index, body] of bodies.entries()) {
    await chats.saveTurn({ id: `${id}-${index}`, chatId: id, createdAt: index, body });
  }
}

describe('searching chats', () => {
  it.each<[string, string, boolean]>([
    ['a word', 'parser', true],
    ['its beginning', 'pars', true],
    ['not its end', 'arser', false],
    ['capitals and accents as one likes', 'CAFE', true],
    ['words of several messages', 'parser café', true],
    ['not where one word is missing', 'parser zebra', false],
    ['a word of the title', 'wanderer', true],
    ['two signs of Japanese', '設定', true],
    ['one sign of Chinese', '配', true],
    ['signs in another order', '定設', false],
    ['Thai', 'ภาษา', true],
    ['an identifier', 'getUserName', true],
    ['a part of an identifier', 'username', false],
    ['a hump of an identifier', 'Name', true],
    ['a snake of words', 'max_output_tokens', true],
    ['the middle of a snake', 'output_tok', true],
    ['a call with its dots and brackets', 'fs.readFileSync(path', true],
    ['a path', 'src/store/chats.ts', true],
    ['an emoji only: nothing to look for', '🎉', false],
    ["the index's own signs", '"AND NOT* (^', false],
    ['a word in the last of many pieces', 'needleattheend', true],
  ])('finds %s', async (_, search, isFound) => {
    using house = searched();
    await keep(house.chats, 'other', 'Nothing of it', 'something else');
    await keep(
      house.chats,
      'c',
      'The wanderer',
      'Write a Parser, please',
      'In the café: 設定を変更 配置 ภาษาไทย',
      'const getUserName = max_output_tokens; fs.readFileSync(path) in src/store/chats.ts',
      `${'lorem ipsum dolor '.repeat(10_000)} needleattheend`,
    );
    await house.index.update(signal);
    const found = await house.index.find(search, signal);
    expect(found?.chats.map(({ chatId }) => chatId) ?? []).toEqual(isFound ? ['c'] : []);
  });

  it('tells the message with most of the words, the newest of several', async () => {
    using house = searched();
    await keep(house.chats, 'c', 'Title', 'red', 'red green', 'red green', 'green');
    await house.index.update(signal);
    expect(await house.index.find('red green', signal)).toEqual({
      chats: [{ chatId: 'c', turnId: 'c-2' }],
      isPartial: false,
    });
  });

  it('reads each message once, a growing one when it is over, a changed one again', async () => {
    using house = searched();
    await keep(house.chats, 'c', 'Title', '…half', 'whole');
    await house.index.update(signal);
    expect((await house.index.find('half', signal))?.chats).toEqual([]);
    house.read.length = 0;
    await house.chats.saveTurn({ id: 'c-0', chatId: 'c', createdAt: 0, body: 'half and the other' });
    await house.chats.saveTurn({ id: 'c-1', chatId: 'c', createdAt: 1, body: 'whole' });
    await house.index.update(signal);
    expect(house.read).toEqual(['half and the other']);
    expect((await house.index.find('other', signal))?.chats).toHaveLength(1);
    await house.chats.saveTurn({ id: 'c-0', chatId: 'c', createdAt: 0, body: 'something new' });
    await house.index.update(signal);
    expect((await house.index.find('other', signal))?.chats).toEqual([]);
  });

  it('finds a chat by its new title, not by its old one', async () => {
    using house = searched();
    await keep(house.chats, 'c', 'Before', 'text');
    await house.index.update(signal);
    await keep(house.chats, 'c', 'After');
    await house.index.update(signal);
    expect((await house.index.find('before', signal))?.chats).toEqual([]);
    expect((await house.index.find('after', signal))?.chats).toEqual([{ chatId: 'c' }]);
  });

  it('finds words that stand in several chats in all of them', async () => {
    using house = searched();
    for (let number = 0; number < 1200; number++) await keep(house.chats, `c${number}`, 'x', `common word ${number}`);
    await house.index.update(signal);
    expect((await house.index.find('common', signal))?.chats).toHaveLength(1200);
    expect((await house.index.find('common 1199', signal))?.chats).toEqual([{ chatId: 'c1199', turnId: 'c1199-0' }]);
    expect((await house.index.find('common 0', signal))?.chats).toEqual([{ chatId: 'c0', turnId: 'c0-0' }]);
  });
});
