import { createHash } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, numberAt, objectAt, parseJson, stringAt } from '../util/json.ts';
import type { WholeChat, WholeTurn } from './chat-import.ts';

/** What one file says of its chat. */
export type CopiedChat =
  | { readonly kind: 'chat'; readonly chat: WholeChat; readonly isWhole: boolean; readonly file: string }
  | { readonly kind: 'deleted'; readonly id: string; readonly at: number; readonly file: string };

type ChatLine = Omit<WholeChat, 'turns'>;

interface Written {
  chat: string;
  readonly turns: Map<string, number>;
}

/**
 * A copy of every chat in a folder, a file a chat: lines of JSON that are only ever added to, `{"chat":…}` and `{"turn":…}`,
 * of which the last of each id counts. A file that is half there, because a program that syncs is at it or an editor died,
 * is good up to where it breaks off. Each machine writes files of its own and reads those of all: none ever has two writers.
 */
export class ChatFiles {
  readonly folder: string;
  readonly #writer: string;
  readonly #written = new Map<string, Written>();
  readonly #seen = new Map<string, string>();
  #last: Promise<unknown> = Promise.resolve();

  /** `writer` names this machine: letters, digits and `-`. */
  constructor(folder: string, writer: string) {
    this.folder = folder;
    this.#writer = writer;
  }

  /** Adds what the file lacks. */
  write(chat: WholeChat): Promise<void> {
    return this.#inTurn(async () => {
      await mkdir(this.folder, { recursive: true });
      const file = this.#fileOf(chat.id);
      const written = this.#written.get(chat.id) ?? (await readWritten(file));
      const lines: string[] = [];
      const chatLine = JSON.stringify({ chat: headOf(chat) });
      if (chatLine !== written.chat) lines.push(chatLine);
      for (const turn of chat.turns) {
        if (written.turns.get(turn.id) !== turn.changedAt) lines.push(JSON.stringify({ turn }));
      }
      // A line that broke off is ended before the next begins.
      if (lines.length > 0) await appendFile(file, `\n${lines.join('\n')}\n`);
      written.chat = chatLine;
      for (const turn of chat.turns) written.turns.set(turn.id, turn.changedAt);
      this.#written.set(chat.id, written);
    });
  }

  /** Takes the chat's text out of the folder; with `tell` a word stays there that other machines delete it by. */
  remove(id: string, at: number, tell: boolean): Promise<void> {
    return this.#inTurn(async () => {
      this.#written.delete(id);
      const file = this.#fileOf(id);
      if (!tell) return rm(file, { force: true });
      await mkdir(this.folder, { recursive: true });
      const unfinished = `${file}.${process.pid}.part`;
      await writeFile(unfinished, `${JSON.stringify({ deleted: { id, at } })}\n`);
      await rename(unfinished, file);
    });
  }

  /** Those of `ids` that have no file of this machine yet. */
  async missing(ids: readonly string[]): Promise<readonly string[]> {
    const files = new Set(await filesIn(this.folder));
    return ids.filter((id) => !files.has(nameOf(id, this.#writer)));
  }

  /** Files that changed since they were last read; `others`: only those of other machines. A half one is read again. */
  async *read(others: boolean, report: (problem: string) => void): AsyncGenerator<CopiedChat> {
    for (const name of await filesIn(this.folder)) {
      if (others && name.endsWith(`.${this.#writer}.jsonl`)) continue;
      const file = join(this.folder, name);
      try {
        const { mtimeMs, size } = await stat(file);
        const state = `${mtimeMs} ${size}`;
        if (this.#seen.get(name) === state) continue;
        const copied = readCopy(await readFile(file, 'utf8'), file);
        this.#seen.set(name, state);
        if (copied?.kind !== 'deleted' && copied?.isWhole !== true) {
          report(`${file} is there in part only: the rest is read when it has arrived.`);
        }
        if (copied) yield copied;
      } catch (error) {
        report(`${file} cannot be read: ${error}`);
      }
    }
  }

  #fileOf(id: string): string {
    return join(this.folder, nameOf(id, this.#writer));
  }

  /** One after the other: lines of two writes would mix. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}

/** What a file's lines say; undefined where they name no chat. */
export function readCopy(text: string, file: string): CopiedChat | undefined {
  let chat: ChatLine | undefined;
  const turns = new Map<string, WholeTurn>();
  let isWhole = true;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const value = parseJson(line);
    const deleted = objectAt(value, 'deleted');
    const [id, at] = [stringAt(deleted, 'id'), numberAt(deleted, 'at')];
    if (id !== undefined && at !== undefined) return { kind: 'deleted', id, at, file };
    const turn = turnOf(objectAt(value, 'turn'));
    const head = chatOf(objectAt(value, 'chat'));
    if (turn) turns.set(turn.id, turn);
    else if (head) chat = head;
    else isWhole = false;
  }
  return chat && { kind: 'chat', chat: { ...chat, turns: [...turns.values()] }, isWhole, file };
}

async function readWritten(file: string): Promise<Written> {
  const written: Written = { chat: '', turns: new Map() };
  const copy = readCopy(await readFile(file, 'utf8').catch(() => ''), file);
  if (copy?.kind !== 'chat') return written;
  written.chat = JSON.stringify({ chat: headOf(copy.chat) });
  for (const turn of copy.chat.turns) written.turns.set(turn.id, turn.changedAt);
  return written;
}

function headOf({ turns: _, ...head }: WholeChat): ChatLine {
  return head;
}

function chatOf(value: unknown): ChatLine | undefined {
  const [id, title] = [stringAt(value, 'id'), stringAt(value, 'title')];
  const times = { createdAt: numberAt(value, 'createdAt'), updatedAt: numberAt(value, 'updatedAt') };
  if (!isObject(value) || !id || title === undefined) return undefined;
  const [workspace, model, head] = [stringAt(value, 'workspace'), stringAt(value, 'model'), stringAt(value, 'head')];
  const pinnedAt = numberAt(value, 'pinnedAt');
  const createdAt = Math.round(times.createdAt ?? 0);
  return {
    id,
    title,
    titledBy: Math.round(numberAt(value, 'titledBy') ?? 0),
    ...(workspace !== undefined && { workspace }),
    ...(model !== undefined && { model }),
    ...(head !== undefined && { head }),
    ...(pinnedAt !== undefined && { pinnedAt: Math.round(pinnedAt) }),
    createdAt,
    updatedAt: Math.round(times.updatedAt ?? createdAt),
    changedAt: Math.round(numberAt(value, 'changedAt') ?? 0),
  };
}

function turnOf(value: unknown): WholeTurn | undefined {
  const [id, parentId, body] = [stringAt(value, 'id'), stringAt(value, 'parentId'), stringAt(value, 'body')];
  if (!id || body === undefined) return undefined;
  return {
    id,
    ...(parentId !== undefined && { parentId }),
    createdAt: Math.round(numberAt(value, 'createdAt') ?? 0),
    changedAt: Math.round(numberAt(value, 'changedAt') ?? 0),
    body,
  };
}

/** An id from a file may be anything; a name of a file may not. */
function nameOf(id: string, writer: string): string {
  const name = /^[\w-]{1,100}$/.test(id) ? id : createHash('sha256').update(id).digest('hex');
  return `${name}.${writer}.jsonl`;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  } catch {
    // Not made yet, or a drive that is not there just now.
    return [];
  }
}
