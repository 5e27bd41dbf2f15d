import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, vi } from 'vitest';
import { Chats } from '../../src/store/chats.ts';
import { copied, type Rescue } from '../../src/store/damaged-database.ts';
import { databaseAt } from '../../src/store/database.ts';
import { KeptChats } from '../../src/store/kept-chats.ts';
import { sqliteCode } from '../../src/store/when-free.ts';

const freshPath = (): string => join(mkdtempSync(join(tmpdir(), 'tutti-faults-')), 'tutti.db');
const chat = (id: string) => ({ id, title: `Chat ${id}`, createdAt: 1, updatedAt: 1 });
const turn = (id: string, chatId: string, body: string) => ({ id, chatId, createdAt: 1, body });

/** Many chats in a file that nobody has open. */
async function filled(path: string, chats: number): Promise<void> {
  using open = databaseAt(path);
  const kept = new Chats(open);
  for (let number = 0; number < chats; number++) {
    await kept.saveChat(chat(`c${number}`));
    await kept.saveTurn(turn(`t${number}`, `c${number}`, JSON.stringify({ text: 'word '.repeat(400) })));
  }
  (await open()).exec('pragma wal_checkpoint(truncate)');
}

function overwrite(path: string, from: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0x5a), 0, length, from);
  closeSync(file);
}

describe('a damaged database', () => {
  it('that is no database at all is put aside, and a new one begins', async () => {
    const path = freshPath();
    const nonsense = 'this is no database at all, but long enough to have a header of its own'.repeat(20);
    writeFileSync(path, nonsense);
    const rescues: Rescue[] = [];
    using open = databaseAt(path, { onRescue: (rescue) => rescues.push(rescue) });
    await new Chats(open).saveChat(chat('new'));
    expect(rescues).toMatchObject([{ chats: 0, isPartial: true }]);
    expect(readFileSync(rescues[0]?.keptAt ?? '', 'utf8')).toBe(nonsense);
    expect(readdirSync(join(path, '..')).filter((name) => name.startsWith('tutti-damaged-'))).toHaveLength(1);
  });

  it('gives back every chat whose pages can still be read', async () => {
    const path = freshPath();
    await filled(path, 300);
    const pages = readFileSync(path).length / 4096;
    // Somewhere in the middle, where the messages lie.
    overwrite(path, Math.floor(pages / 2) * 4096, 3 * 4096);
    const rescues: Rescue[] = [];
    using open = databaseAt(path, { onRescue: (rescue) => rescues.push(rescue) });
    const chats = new Chats(open);
    // Whoever meets the damage tells it; the next call works with the new file.
    for (let number = 0; number < 300; number++) await chats.turns(`c${number}`).catch(() => undefined);
    await vi.waitFor(async () => {
      await chats.turns('c0');
      expect(rescues).toHaveLength(1);
    });
    expect(rescues[0]?.turns).toBeGreaterThan(280);
    expect(await chats.list(1000)).toHaveLength(300);
    await chats.saveChat(chat('new'));
    expect(await chats.chat('new')).toBeDefined();
  });

  it('leaves no table behind but those that are made anew', async () => {
    using open = databaseAt(freshPath());
    const tables = (await open())
      .prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
      .all()
      .map(({ name }) => String(name));
    const madeAnew = /^(search_.*|spending|reservations)$/;
    expect(tables.filter((name) => !madeAnew.test(name)).toSorted()).toEqual(copied.toSorted());
  });

  it('that one window put aside is not written to by another', async () => {
    const path = freshPath();
    await filled(path, 3);
    using other = databaseAt(path);
    await new Chats(other).chat('c1');
    overwrite(path, 0, 200);
    using open = databaseAt(path);
    await new Chats(open).saveChat(chat('here'));
    await vi.waitFor(async () => {
      await new Chats(other).saveChat(chat('there')).catch(() => undefined);
      expect((await new Chats(open).list(100)).map(({ id }) => id)).toEqual(expect.arrayContaining(['here', 'there']));
    }, 5000);
  });
});

describe('what is saved again before it could be saved', () => {
  /** A store whose writes end when they are told to. */
  function slowStore() {
    const begun: { readonly body: string; readonly end: PromiseWithResolvers<void> }[] = [];
    const saveTurn = async ({ body }: { readonly body: string }): Promise<void> => {
      const end = Promise.withResolvers<void>();
      begun.push({ body, end });
      await end.promise;
    };
    const kept = new KeptChats(
      { saveChat: () => Promise.resolve(), saveTurn },
      { onTrouble: () => undefined, onOver: () => undefined, onSaved: () => undefined },
    );
    return { kept, begun };
  }

  it('is written in the order it came, the newest last, and what lies between not at all', async () => {
    const { kept, begun } = slowStore();
    using _ = kept;
    const saves = ['half', 'most', 'whole'].map((body) => kept.saveTurn(turn('t', 'c', body)));
    expect(begun.map(({ body }) => body)).toEqual(['half']);
    begun[0]?.end.resolve();
    await vi.waitFor(() => expect(begun.map(({ body }) => body)).toEqual(['half', 'whole']));
    begun[1]?.end.resolve();
    await Promise.all(saves);
    expect(begun).toHaveLength(2);
  });

  it('is not followed by the older one that failed', async () => {
    vi.useFakeTimers();
    try {
      const { kept, begun } = slowStore();
      using _ = kept;
      const half = kept.saveTurn(turn('t', 'c', 'half')).catch(String);
      const whole = kept.saveTurn(turn('t', 'c', 'whole'));
      begun[0]?.end.reject(new Error('the disk is full'));
      expect(await half).toContain('full');
      // The one that failed is tried again about now, while the newer one is being written.
      await vi.advanceTimersByTimeAsync(10_000);
      begun[1]?.end.resolve();
      await whole;
      await vi.advanceTimersByTimeAsync(10_000);
      expect(begun.map(({ body }) => body)).toEqual(['half', 'whole']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('other messages do not wait for it', async () => {
    const { kept, begun } = slowStore();
    using _ = kept;
    void kept.saveTurn(turn('t', 'c', 'one'));
    const other = kept.saveTurn(turn('u', 'c', 'two'));
    begun[1]?.end.resolve();
    await other;
    expect(begun.map(({ body }) => body)).toEqual(['one', 'two']);
    begun[0]?.end.resolve();
  });
});

describe('a database that another window holds', () => {
  it('is waited for without stopping this one', async () => {
    const path = freshPath();
    using open = databaseAt(path);
    const chats = new Chats(open);
    await chats.saveChat(chat('c'));
    const holder = new DatabaseSync(path);
    holder.exec('begin immediate');
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const saving = chats.saveTurn(turn('t', 'c', '{}'));
    await vi.waitFor(() => expect(turns).toBeGreaterThan(20));
    expect(await chats.turns('c')).toEqual([]);
    holder.exec('commit');
    holder.close();
    await saving;
    clearInterval(timer);
    expect(await chats.turns('c')).toHaveLength(1);
  });
});

describe('a full disk', () => {
  it('loses nothing that was kept, says so once, and the rest is saved when there is room', async () => {
    const path = freshPath();
    await filled(path, 5);
    using open = databaseAt(path);
    const database = await open();
    const chats = new Chats(open);
    const told: (number | undefined | 'over')[] = [];
    using kept = new KeptChats(chats, {
      onTrouble: (error) => told.push(sqliteCode(error)),
      onOver: () => told.push('over'),
      onSaved: () => undefined,
    });
    const pages = Number(database.prepare('pragma page_count').get()?.['page_count']);
    // SQLite's own limit of a file's size fails as a full disk does.
    database.exec(`pragma max_page_count = ${pages}`);
    const long = JSON.stringify({ text: 'x'.repeat(200_000) });
    await expect(kept.saveTurn(turn('new', 'c1', `${long} `))).rejects.toThrow(/full/);
    await expect(kept.saveTurn(turn('new', 'c1', long))).rejects.toThrow(/full/);
    expect(told).toEqual([13]);
    expect(await chats.turns('c1')).toHaveLength(1);
    database.exec('pragma max_page_count = 1000000');
    await vi.waitFor(() => expect(told).toEqual([13, 'over']), 10_000);
    expect((await chats.turns('c1')).map(({ body }) => body.length)).toContain(long.length);
  });
});
