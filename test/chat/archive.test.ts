import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArchivedChat, readArchive, writeArchive } from '../../src/chat/archive.ts';
import { ChatImport } from '../../src/store/chat-import.ts';
import { databaseAt } from '../../src/store/database.ts';

const written = async (chats: AsyncIterable<ArchivedChat> | Iterable<ArchivedChat>): Promise<string> => {
  let text = '';
  for await (const piece of writeArchive(chats)) text += piece;
  return text;
};

async function* stored(chats: ChatImport): AsyncGenerator<ArchivedChat> {
  for (const id of await chats.ids()) {
    const chat = await chats.whole(id);
    if (chat) yield chat;
  }
}

/** Into an empty store and out again. */
async function throughStore(text: string): Promise<string> {
  using open = databaseAt(':memory:');
  const chats = new ChatImport(open);
  for (const chat of readArchive(JSON.parse(text))?.chats ?? []) await chats.add(chat);
  return await written(stored(chats));
}

const time = fc.integer({ min: 0, max: 4e12 });
/** Lone surrogates, too: what JavaScript holds, SQLite may not. */
const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const loneSurrogates = fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 })).map((units) => String.fromCharCode(...units));
const body = fc.oneof(
  fc.dictionary(fc.oneof(anyText, loneSurrogates), fc.jsonValue()).map((value) => JSON.stringify(value)),
  fc.oneof(anyText, loneSurrogates).map((text) => JSON.stringify({ message: { content: [{ type: 'text', text }] } })),
  fc.constantFrom(
    '',
    'no json',
    '{"b": 1}',
    '{"1":1,"0":2}',
    '[1]',
    '"text"',
    '{"n":1e400}',
    '{"n":12345678901234567890}',
  ),
);
const chat = fc.record(
  {
    id: fc.uuid(),
    title: anyText.map((text) => text.toWellFormed().replaceAll('\0', '')),
    titledBy: fc.integer({ min: 0, max: 2 }),
    workspace: fc.constantFrom('/work', 'C:\\work', '/家'),
    model: fc.constantFrom('p/m', 'auto'),
    pinnedAt: time,
    createdAt: time,
    updatedAt: time,
    changedAt: time,
    turns: fc.uniqueArray(fc.record({ id: fc.uuid(), createdAt: time, changedAt: time, body }), {
      selector: ({ id }) => id,
      maxLength: 6,
    }),
  },
  { requiredKeys: ['id', 'title', 'titledBy', 'createdAt', 'updatedAt', 'changedAt', 'turns'] },
);

describe('the file that keeps chats', () => {
  it('is the same bytes after it went into an empty store and out again, whatever was said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(chat, { selector: ({ id }) => id, maxLength: 4 }), async (chats) => {
        // What a store gave first is in the store's order.
        const first = await throughStore(await written(chats));
        expect(await throughStore(first)).toBe(first);
        expect(readArchive(JSON.parse(first))?.chats.map(({ turns }) => turns.map((turn) => turn.body).sort())).toEqual(
          chats
            .toSorted((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1))
            .map(({ turns }) => turns.map((turn) => turn.body).sort()),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('holds a message of many megabytes', async () => {
    const text = 'ä "quoted" \\ '.repeat(400_000);
    const turns = [{ id: 't', createdAt: 1, changedAt: 1, body: JSON.stringify({ text }) }];
    const first = await written([
      { id: 'c', title: 'Huge', titledBy: 0, createdAt: 1, updatedAt: 1, changedAt: 1, turns },
    ]);
    // A difference of five megabytes is nothing to print.
    expect((await throughStore(first)) === first).toBe(true);
  });

  it('adds nothing the second time and overwrites nothing', async () => {
    using open = databaseAt(':memory:');
    const chats = new ChatImport(open);
    const turn = { id: 't', createdAt: 1, changedAt: 1, body: '{"mine":1}' };
    const mine = { id: 'c', title: 'Mine', titledBy: 2, createdAt: 1, updatedAt: 1, changedAt: 1, turns: [turn] };
    expect(await chats.add(mine)).toEqual({ isNew: true, turns: 1 });
    const other = {
      ...mine,
      title: 'Other',
      turns: [
        { ...turn, body: '{"other":1}' },
        { ...turn, id: 'new' },
      ],
    };
    expect(await chats.add(other)).toEqual({ isNew: false, turns: 1 });
    expect(await chats.whole('c')).toMatchObject({ title: 'Mine', turns: [{ body: '{"mine":1}' }, { id: 'new' }] });
  });

  it.each<[string, unknown, unknown]>([
    ['another file', { hello: 1 }, undefined],
    [
      'a newer version',
      { format: 'tutti-chats', version: 9 },
      { chats: [], unread: [expect.stringContaining('version 9')] },
    ],
    [
      'chats and messages without an id',
      {
        format: 'tutti-chats',
        version: 1,
        chats: [{ title: 'x' }, { id: 'c', title: 'T', turns: [{}, { id: 't', body: {} }] }],
      },
      {
        chats: [{ id: 'c', turns: [{ id: 't', body: '{}' }] }],
        unread: ['Chat 1 has no id.', expect.stringContaining('1 messages of "T"')],
      },
    ],
  ])('reads what can be read of %s', (_, value, expected) => {
    const read = readArchive(value);
    if (expected === undefined) expect(read).toBeUndefined();
    else expect(read).toMatchObject(expected as object);
  });
});
