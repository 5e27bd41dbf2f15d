import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { Chats, type StoredChat } from '../../src/store/chats.ts';
import { databaseAt } from '../../src/store/database.ts';
import { ModelLists } from '../../src/store/model-lists.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import type { UsageRow } from '../../src/store/usage-row.ts';

const freshPath = (): string => join(mkdtempSync(join(tmpdir(), 'tutti-store-')), 'deep', 'tutti.db');

const chat = (id: string, updatedAt: number): StoredChat => ({ id, title: `Chat ${id}`, createdAt: 1, updatedAt });

describe('the database', () => {
  it('is made on first use, with write-ahead logging', async () => {
    using open = databaseAt(freshPath());
    const database = await open();
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
  });

  it('refuses a file of a newer version and leaves it as it is', async () => {
    const path = freshPath();
    {
      using open = databaseAt(path);
      await open();
    }
    const newer = new DatabaseSync(path);
    newer.exec('pragma user_version = 999');
    newer.close();
    using open = databaseAt(path);
    await expect(open()).rejects.toThrow(/newer version of Tutti/);
    const after = new DatabaseSync(path);
    expect(after.prepare('pragma user_version').get()).toEqual({ user_version: 999 });
    after.close();
  });

  it('tells once that it cannot be opened, however often it is asked for', async () => {
    const path = freshPath();
    mkdirSync(path, { recursive: true });
    const told: unknown[] = [];
    using open = databaseAt(path, { onFailure: (error) => told.push(error) });
    for (let time = 0; time < 3; time++) await expect(open()).rejects.toThrow();
    expect(told).toHaveLength(1);
  });

  it('takes writes of two windows', async () => {
    const path = freshPath();
    using first = databaseAt(path);
    using second = databaseAt(path);
    await Promise.all(
      [first, second].flatMap((open, window) =>
        Array.from({ length: 50 }, (_, index) => new Chats(open).saveChat(chat(`${window}-${index}`, index))),
      ),
    );
    expect(await new Chats(first).list(1000)).toHaveLength(100);
  });

  it('keeps what was saved before a kill -9', async () => {
    const path = freshPath();
    const source = `
      import { Chats } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/chats.ts'))};
      import { databaseAt } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/database.ts'))};
      const chats = new Chats(databaseAt(${JSON.stringify(path)}));
      await chats.saveChat({ id: 'c', title: 'Killed', createdAt: 1, updatedAt: 1 });
      await chats.saveTurn({ id: 't', chatId: 'c', createdAt: 1, body: '{"text":"half a rep"}' });
      process.stdout.write('saved');
      setInterval(() => {}, 1000);
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    using open = databaseAt(path);
    expect(await new Chats(open).turns('c')).toEqual([
      { id: 't', chatId: 'c', createdAt: 1, body: '{"text":"half a rep"}' },
    ]);
  });
});

describe('chats', () => {
  it('come back as saved, newest first, from every workspace', async () => {
    using open = databaseAt(freshPath());
    const chats = new Chats(open);
    const old: StoredChat = { ...chat('old', 10), workspace: '/a', model: 'p/m' };
    await chats.saveChat(old);
    await chats.saveChat(chat('new', 20));
    expect(await chats.list(10)).toEqual([chat('new', 20), old]);
    expect(await chats.chat('old')).toEqual(old);
    expect(await chats.chat('none')).toBeUndefined();
  });

  it('keep turns in the order they were made, each once however often saved', async () => {
    using open = databaseAt(freshPath());
    const chats = new Chats(open);
    await chats.saveChat(chat('c', 1));
    await chats.saveTurn({ id: 'b', chatId: 'c', parentId: 'a', createdAt: 5, body: '1' });
    await chats.saveTurn({ id: 'a', chatId: 'c', createdAt: 4, body: '{}' });
    await chats.saveTurn({ id: 'b', chatId: 'c', parentId: 'a', createdAt: 5, body: '2' });
    expect((await chats.turns('c')).map((turn) => [turn.id, turn.parentId, turn.body])).toEqual([
      ['a', undefined, '{}'],
      ['b', 'a', '2'],
    ]);
  });
});

describe('the usage ledger', () => {
  it.each<[string, UsageRow]>([
    [
      'a full row',
      {
        at: 5,
        role: 'chat',
        chatId: 'c',
        model: 'p/m',
        provider: 'p',
        usage: { input: 10, output: 5, cached: 3, reasoning: 1, estimated: true },
        cost: 0.25,
        firstTokenMs: 12,
        totalMs: 40,
        outcome: 'stop',
      },
    ],
    [
      'a failure without numbers',
      { at: 5, role: 'completion', model: 'p/m', provider: 'p', totalMs: 1, outcome: 'rate-limit' },
    ],
  ])('gives %s back as recorded', async (_, row) => {
    using open = databaseAt(freshPath());
    const ledger = new UsageLedger(open);
    await ledger.record(row);
    expect(await ledger.since(5)).toEqual([row]);
    expect(await ledger.since(6)).toEqual([]);
  });
});

describe('kept lists of models', () => {
  it('belong to the origin they came from', async () => {
    using open = databaseAt(freshPath());
    const lists = new ModelLists(open);
    const models = [{ id: 'm', facts: { contextWindow: 8192 } }];
    await lists.save('p', 'https://a.example', models, 7);
    expect(await lists.load('p', 'https://a.example')).toEqual({ at: 7, models });
    expect(await lists.load('p', 'https://b.example')).toBeUndefined();
    await lists.remove('p');
    expect(await lists.load('p', 'https://a.example')).toBeUndefined();
  });
});
