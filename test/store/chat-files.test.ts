import { appendFileSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChatCopies } from '../../src/host/chat-copies.ts';
import { ChatFiles } from '../../src/store/chat-files.ts';
import { ChatHistory, titledBy } from '../../src/store/chat-history.ts';
import { ChatImport } from '../../src/store/chat-import.ts';
import { Chats } from '../../src/store/chats.ts';
import { databaseAt } from '../../src/store/database.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'tutti-copies-'));

/** A machine with a storage of its own and a folder that is the same on others. */
function machine(name: string, shared: string) {
  const storage = folder();
  const open = databaseAt(join(storage, 'tutti.db'));
  const problems: string[] = [];
  const history = new ChatHistory(open);
  const whole = new ChatImport(open);
  const files = new ChatFiles(shared, name);
  const copies = new ChatCopies({
    chats: whole,
    history,
    own: new ChatFiles(join(storage, 'chats'), name),
    shared: () => files,
    report: (problem) => problems.push(problem),
  });
  return {
    storage,
    chats: new Chats(open),
    history,
    whole,
    copies,
    problems,
    [Symbol.dispose]: () => open[Symbol.dispose](),
  };
}

type Machine = ReturnType<typeof machine>;

async function say(at: Machine, id: string, text: string, time = Date.now()): Promise<void> {
  await at.chats.saveChat({ id: 'c', title: 'Shared', createdAt: 1, updatedAt: time });
  await at.chats.saveTurn({ id, chatId: 'c', createdAt: time, body: JSON.stringify({ text }) });
  await at.copies.update('c');
}

const texts = async (at: Machine): Promise<readonly string[] | undefined> =>
  (await at.whole.whole('c'))?.turns.map(({ body }) => JSON.parse(body).text);

describe('two machines with one folder', () => {
  it('have what either said, whoever was first, and the later title', async () => {
    const shared = folder();
    using laptop = machine('laptop', shared);
    using tower = machine('tower', shared);
    await say(laptop, 'a', 'from the laptop', 10);
    expect(await tower.copies.takeIn()).toBe(true);
    expect(await texts(tower)).toEqual(['from the laptop']);
    await say(tower, 'b', 'from the tower', 20);
    await say(laptop, 'c', 'from the laptop again', 30);
    await tower.history.rename('c', 'Named on the tower', titledBy.user);
    await tower.copies.update('c');
    for (const at of [laptop, tower]) await at.copies.takeIn();
    for (const at of [laptop, tower]) {
      expect(await texts(at)).toEqual(['from the laptop', 'from the tower', 'from the laptop again']);
      expect(await at.chats.chat('c')).toMatchObject({ title: 'Named on the tower' });
    }
    expect(readdirSync(shared)).toEqual(['c.laptop.jsonl', 'c.tower.jsonl']);
    expect(await tower.copies.takeIn()).toBe(false);
  });

  it('take of a file that is half there what is whole, and the rest when it has come', async () => {
    const shared = folder();
    using laptop = machine('laptop', shared);
    using tower = machine('tower', shared);
    await say(laptop, 'a', 'first', 10);
    await say(laptop, 'b', 'second', 20);
    const file = join(shared, 'c.laptop.jsonl');
    const all = readFileSync(file);
    truncateSync(file, all.length - 15);
    await tower.copies.takeIn();
    expect(await texts(tower)).toEqual(['first']);
    expect(tower.problems.join()).toContain('in part only');
    writeFileSync(file, all);
    await tower.copies.takeIn();
    expect(await texts(tower)).toEqual(['first', 'second']);
    writeFileSync(join(shared, 'nonsense.other.jsonl'), '\0\0\0');
    await tower.copies.takeIn();
    expect(await texts(tower)).toEqual(['first', 'second']);
  });

  it('go on with a line that an editor had died in', async () => {
    const shared = folder();
    using laptop = machine('laptop', shared);
    await say(laptop, 'a', 'first', 10);
    appendFileSync(join(shared, 'c.laptop.jsonl'), '{"turn":{"id":"x","bo');
    await say(laptop, 'b', 'second', 20);
    using tower = machine('tower', shared);
    await tower.copies.takeIn();
    expect(await texts(tower)).toEqual(['first', 'second']);
  });

  it('delete what one deletes, unless it was gone on with since', async () => {
    const shared = folder();
    using laptop = machine('laptop', shared);
    using tower = machine('tower', shared);
    await say(laptop, 'a', 'canary', 10);
    await tower.copies.takeIn();
    await laptop.copies.remove('c', 50);
    await laptop.history.purge('c', 50);
    await tower.copies.takeIn();
    expect(await texts(tower)).toBeUndefined();
    await laptop.copies.takeIn();
    expect(await texts(laptop)).toBeUndefined();
    for (const at of [shared, join(laptop.storage, 'chats'), join(tower.storage, 'chats')]) {
      for (const name of readdirSync(at)) expect(readFileSync(join(at, name), 'utf8')).not.toContain('canary');
    }
    using third = machine('third', shared);
    await say(third, 'b', 'still wanted', 60);
    await tower.copies.takeIn();
    expect(await texts(tower)).toEqual(['still wanted']);
  });

  it('have nothing of a folder that is not there, and lose nothing by it', async () => {
    using laptop = machine('laptop', join(folder(), 'file.txt', 'below'));
    await say(laptop, 'a', 'first', 10);
    expect(await laptop.copies.takeIn()).toBe(false);
    expect(await texts(laptop)).toEqual(['first']);
  });
});

describe('a chat with a name no file may have', () => {
  it('is copied all the same, into the folder', async () => {
    const at = folder();
    const files = new ChatFiles(at, 'm');
    const chat = { title: 'T', titledBy: 0, createdAt: 1, updatedAt: 1, changedAt: 1, turns: [] };
    for (const id of ['../../escape', 'a/b', 'x'.repeat(300), '\0']) await files.write({ ...chat, id });
    expect(readdirSync(at)).toHaveLength(4);
    const read: string[] = [];
    for await (const copy of files.read(false, () => undefined)) if (copy.kind === 'chat') read.push(copy.chat.id);
    expect(read.sort()).toEqual(['\0', '../../escape', 'a/b', 'x'.repeat(300)].sort());
  });
});
