import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChatHistory, titledBy } from '../../src/store/chat-history.ts';
import { Chats } from '../../src/store/chats.ts';
import { databaseAt } from '../../src/store/database.ts';
import { SearchIndex } from '../../src/store/search-index.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';

const signal = new AbortController().signal;

function house() {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-history-'));
  const open = databaseAt(join(folder, 'tutti.db'));
  return {
    folder,
    open,
    chats: new Chats(open),
    history: new ChatHistory(open),
    index: new SearchIndex(open, (text) => ({ text, isGrowing: false })),
    [Symbol.dispose]: () => open[Symbol.dispose](),
  };
}

const chat = (id: string, updatedAt: number, workspace?: string) => ({
  id,
  title: `Chat ${id}`,
  createdAt: 1,
  updatedAt,
  ...(workspace !== undefined && { workspace }),
});

describe('the list of all chats', () => {
  it('has pinned ones first, then the newest, from every workspace, a page at a time', async () => {
    using at = house();
    for (const [id, time, workspace] of [
      ['a', 1],
      ['b', 2, '/one'],
      ['c', 3, '/two'],
      ['d', 4, '/two'],
    ] as const) {
      await at.chats.saveChat(chat(id, time, workspace));
    }
    await at.history.pin('a', true);
    const ids = async (...page: Parameters<ChatHistory['page']>) =>
      (await at.history.page(...page)).map(({ id }) => id);
    expect(await ids({}, 0, 10)).toEqual(['a', 'd', 'c', 'b']);
    expect(await ids({}, 1, 2)).toEqual(['d', 'c']);
    expect(await ids({ workspace: '/two' }, 0, 10)).toEqual(['d', 'c']);
    expect(await ids({ ids: ['b', 'c', 'gone'] }, 0, 10)).toEqual(['c', 'b']);
    expect(await at.history.count({ workspace: '/two' })).toBe(2);
    expect(await at.history.workspaces()).toEqual([
      { path: '/two', chats: 2 },
      { path: '/one', chats: 1 },
    ]);
    await at.history.pin('a', false);
    expect(await ids({}, 0, 10)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('tells messages, branches and what all requests cost', async () => {
    using at = house();
    await at.chats.saveChat(chat('c', 1));
    for (const [id, parentId] of [['q'], ['r1', 'q'], ['r2', 'q'], ['q2', 'r2'], ['r3', 'q2']] as const) {
      await at.chats.saveTurn({ id, chatId: 'c', createdAt: 1, body: '{}', ...(parentId && { parentId }) });
    }
    const ledger = new UsageLedger(at.open);
    const row = { at: 5, role: 'chat', chatId: 'c', model: 'p/m', provider: 'p', totalMs: 1, outcome: 'stop' };
    await ledger.record({ ...row, cost: 0.25 });
    await ledger.record({ ...row, cost: 0.5 });
    expect(await at.history.page({}, 0, 1)).toEqual([
      { ...chat('c', 1), messages: 5, branches: 2, cost: 0.75, lastModel: 'p/m' },
    ]);
  });

  it('keeps the title a user gave, whoever comes later', async () => {
    using at = house();
    await at.chats.saveChat(chat('c', 1));
    expect(await at.history.rename('c', 'By a model', titledBy.model)).toBe(true);
    expect(await at.history.isUntitled('c')).toBe(false);
    expect(await at.history.rename('c', 'By me', titledBy.user)).toBe(true);
    expect(await at.history.rename('c', 'By a model again', titledBy.model)).toBe(false);
    await at.chats.saveChat(chat('c', 2));
    expect(await at.chats.chat('c')).toEqual({ ...chat('c', 2), title: 'By me' });
    expect(await at.history.rename('c', 'Mine again', titledBy.user)).toBe(true);
  });
});

describe('deleting', () => {
  it('hides at once and can be undone', async () => {
    using at = house();
    await at.chats.saveChat(chat('c', 1));
    await at.history.throwAway('c');
    expect(await at.history.page({}, 0, 10)).toEqual([]);
    expect(await at.history.thrownAway(Date.now())).toEqual(['c']);
    expect(await at.history.restore('c')).toBe(true);
    expect(await at.history.page({}, 0, 10)).toHaveLength(1);
  });

  it('leaves no byte of what was said in any file, and the money it cost in the usage', async () => {
    using at = house();
    using other = databaseAt(join(at.folder, 'tutti.db'));
    await other();
    const canary = 'canarywordalpha';
    const bodies = (at: string) => `${at} ${'filling '.repeat(3000)} ${canary}tail `.repeat(4);
    for (const id of ['kept', 'gone', 'after']) {
      const word = id === 'gone' ? canary : 'harmless';
      await at.chats.saveChat({ ...chat(id, 1, `/work/${word}folder`), title: `${word}title` });
      // As a reply grows: every version was written.
      for (let version = 1; version <= 6; version++) {
        const body =
          id === 'gone' ? bodies(canary).slice(0, version * 20_000) : `harmless ${'text '.repeat(2000 * version)}`;
        await at.chats.saveTurn({ id: `${id}-1`, chatId: id, createdAt: 1, body });
      }
      await at.index.update(signal);
    }
    await new UsageLedger(at.open).record({
      at: 5,
      role: 'chat',
      chatId: 'gone',
      model: 'p/m',
      provider: 'p',
      cost: 1,
      totalMs: 1,
      outcome: 'stop',
    });
    const withCanary = (): string[] =>
      readdirSync(at.folder).filter((name) => readFileSync(join(at.folder, name)).includes('canaryword'));
    expect(withCanary()).not.toEqual([]);
    await at.history.throwAway('gone');
    await at.history.purge('gone', 7);
    expect(withCanary()).toEqual([]);
    expect((await at.history.page({}, 0, 10)).map(({ id }) => id)).toEqual(['after', 'kept']);
    expect((await at.index.find('harmless', signal))?.chats).toHaveLength(2);
    expect(await new UsageLedger(at.open).since(0)).toMatchObject([{ chatId: 'gone', cost: 1 }]);
    expect(await at.history.deletedAt('gone')).toBe(7);
  });

  it('is not undone by a window that still shows the chat', async () => {
    using at = house();
    await at.chats.saveChat(chat('c', 1));
    await at.history.purge('c', 7);
    await expect(at.chats.saveChat(chat('c', 2))).rejects.toThrow(/was deleted/);
    await expect(at.chats.saveTurn({ id: 't', chatId: 'c', createdAt: 1, body: '' })).rejects.toThrow(/was deleted/);
    expect(await at.history.page({}, 0, 10)).toEqual([]);
  });
});
