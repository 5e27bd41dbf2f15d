import type { DatabaseSync } from 'node:sqlite';
import { letOthersRun } from '../util/let-others-run.ts';
import type { OpenDatabase } from './database.ts';
import { queriesOf, wordsToIndex } from './search-words.ts';
import { whenFree } from './when-free.ts';

/** A chat with every word of the search in its title or messages. */
export interface FoundChat {
  readonly chatId: string;
  /** The message with most of the words, where one has any; the newest of several. */
  readonly turnId?: string;
}

export interface FoundChats {
  readonly chats: readonly FoundChat[];
  /** Time was up: chats begun long ago were not looked through. */
  readonly isPartial: boolean;
}

/** What was said in a turn, from the JSON that is kept of it. */
export type TextOfTurn = (body: string) => { readonly text: string; readonly isGrowing: boolean };

/** Pieces of one chat have neighbouring numbers, the title number 0. */
const piecesOfChat = 2 ** 20;
/** A longer message is several pieces: writing one must not hold up what else runs. */
const pieceLength = 32_000;
const patienceMs = 5000;
/** A reply that grows no more after so long was cut off by a dying editor. */
const cutOffMs = 60_000;
/** Chats that are looked through before others may run. */
const chatsAtOnce = 250;
const longestSearchMs = 3000;

/**
 * Finds chats by their words. It is brought up to date when a reply is over and before a search, never while one is
 * being written; what it lacks is marked in the rows themselves, so nothing is missed whoever wrote them.
 */
export class SearchIndex {
  readonly #open: OpenDatabase;
  readonly #textOf: TextOfTurn;

  constructor(open: OpenDatabase, textOf: TextOfTurn) {
    this.#open = open;
    this.#textOf = textOf;
  }

  /** Adds the words of all that is new, a little at a time. */
  async update(signal: AbortSignal): Promise<void> {
    const database = await this.#open();
    await whenFree(database, patienceMs, () => makeIndex(database));
    while (!signal.aborted && (await this.#updateTitles(database))) await letOthersRun();
    let after = 0;
    while (!signal.aborted) {
      const next = await whenFree(database, patienceMs, () => this.#updateTurns(database, after));
      if (next === undefined) return;
      after = next;
      await letOthersRun();
    }
  }

  /** All chats that have every word, in no order. Undefined: there is no word to look for. */
  async find(search: string, signal: AbortSignal): Promise<FoundChats | undefined> {
    const queries = queriesOf(search);
    if (queries.length === 0) return undefined;
    const database = await this.#open();
    makeIndex(database);
    const newest = Number(database.prepare('select max(number) as number from search_chats').get()?.['number'] ?? 0);
    const statement = database.prepare(
      'select rowid from search_words where search_words match ? and rowid >= ? and rowid < ?',
    );
    const giveUpAt = performance.now() + longestSearchMs;
    const found: number[] = [];
    let until = newest + 1;
    for (; until > 0 && performance.now() < giveUpAt && !signal.aborted; until -= chatsAtOnce) {
      const [from, to] = [Math.max(0, until - chatsAtOnce) * piecesOfChat, until * piecesOfChat];
      const places = queries.map((query) => statement.all(query, from, to).map((row) => Number(row['rowid'])));
      found.push(...inAll(places));
      await letOthersRun();
    }
    const chatOf = database.prepare('select chat_id from search_chats where number = ?');
    const turnOf = database.prepare('select turn_id from search_pieces where id = ?');
    const chats = found.flatMap((place) => {
      const chatId = chatOf.get(Math.floor(place / piecesOfChat))?.['chat_id'];
      const turnId = turnOf.get(place)?.['turn_id'];
      if (typeof chatId !== 'string') return [];
      return [{ chatId, ...(typeof turnId === 'string' && { turnId }) }];
    });
    return { chats, isPartial: until > 0 };
  }

  async #updateTitles(database: DatabaseSync): Promise<boolean> {
    return whenFree(database, patienceMs, () => {
      const rows = database
        .prepare(
          `select chats.id, chats.title, number, search_chats.title as known from chats
           left join search_chats on chat_id = chats.id where search_chats.title is not chats.title limit 200`,
        )
        .all();
      for (const row of rows) {
        const title = String(row['title']);
        const place = numberOf(database, String(row['id'])) * piecesOfChat;
        if (row['known'] !== null) database.prepare('delete from search_words where rowid = ?').run(place);
        database.prepare('insert into search_words (rowid, words) values (?, ?)').run(place, wordsToIndex(title));
        database.prepare('update search_chats set title = ? where chat_id = ?').run(title, String(row['id']));
      }
      return rows.length > 0;
    });
  }

  /** One turn, or several short ones; the row number to go on after, undefined = all are done. */
  #updateTurns(database: DatabaseSync, after: number): number | undefined {
    const rows = database
      .prepare(
        `select rowid, id, chat_id, body, changed_at from turns indexed by turns_not_indexed
         where indexed = 0 and rowid > ? order by rowid limit 20`,
      )
      .all(after);
    let last: number | undefined;
    let length = 0;
    for (const row of rows) {
      if (length > pieceLength) break;
      last = Number(row['rowid']);
      const { text, isGrowing } = this.#textOf(String(row['body']));
      if (isGrowing && Date.now() - Number(row['changed_at']) < cutOffMs) continue;
      length += text.length;
      keepWords(database, String(row['chat_id']), String(row['id']), text);
    }
    return last;
  }
}

/** Takes all words of a chat out of the index. Within the caller's transaction. */
export function forgetWords(database: DatabaseSync, chatId: string): void {
  const number = database.prepare('select number from search_chats where chat_id = ?').get(chatId)?.['number'];
  if (number === undefined) return;
  const range = [Number(number) * piecesOfChat, (Number(number) + 1) * piecesOfChat] as const;
  makeIndex(database);
  database.prepare('delete from search_words where rowid >= ? and rowid < ?').run(...range);
  database.prepare('delete from search_pieces where id >= ? and id < ?').run(...range);
  database.prepare('delete from search_chats where chat_id = ?').run(chatId);
}

/**
 * Apart from the migrations: a SQLite without FTS5 would have no database at all. What is taken out is overwritten at
 * once (`secure-delete`), not when the index is next tidied.
 */
function makeIndex(database: DatabaseSync): void {
  if (database.prepare("select 1 from sqlite_master where name = 'search_words'").get()) return;
  database.exec(`
    create virtual table search_words using fts5 (words, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
    insert into search_words (search_words, rank) values ('secure-delete', 1);
    update search_chats set title = null;
    delete from search_pieces;
    update turns set indexed = 0 where indexed <> 0;`);
}

function keepWords(database: DatabaseSync, chatId: string, turnId: string, text: string): void {
  for (const { id } of database.prepare('select id from search_pieces where turn_id = ?').all(turnId)) {
    database.prepare('delete from search_words where rowid = ?').run(Number(id));
  }
  database.prepare('delete from search_pieces where turn_id = ?').run(turnId);
  const first = numberOf(database, chatId) * piecesOfChat;
  const last = database
    .prepare('select max(id) as id from search_pieces where id >= ? and id < ?')
    .get(first, first + piecesOfChat)?.['id'];
  let place = last === null || last === undefined ? first : Number(last);
  for (const piece of pieces(text)) {
    place++;
    database.prepare('insert into search_pieces (id, turn_id) values (?, ?)').run(place, turnId);
    database.prepare('insert into search_words (rowid, words) values (?, ?)').run(place, wordsToIndex(piece));
  }
  database.prepare('update turns set indexed = 1 where id = ?').run(turnId);
}

function numberOf(database: DatabaseSync, chatId: string): number {
  database.prepare('insert or ignore into search_chats (chat_id) values (?)').run(chatId);
  return Number(database.prepare('select number from search_chats where chat_id = ?').get(chatId)?.['number']);
}

/** Cut between words where there are any. */
function* pieces(text: string): Iterable<string> {
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + pieceLength);
    const blank = to < text.length ? text.lastIndexOf(' ', to) : to;
    if (blank > from + pieceLength / 2) to = blank;
    yield text.slice(from, to);
    from = to;
  }
}

/** For each chat that has a place in every list: its place that stands in most of them. */
function inAll(lists: readonly (readonly number[])[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const list of lists) for (const place of list) counts.set(place, (counts.get(place) ?? 0) + 1);
  const chats = lists.map((list) => new Set(list.map((place) => Math.floor(place / piecesOfChat))));
  const best = new Map<number, number>();
  for (const [place, count] of counts) {
    const chat = Math.floor(place / piecesOfChat);
    if (!chats.every((of) => of.has(chat))) continue;
    const known = best.get(chat);
    const better =
      known === undefined ||
      // A title needs no excerpt beside it.
      weight(place, count) > weight(known, counts.get(known) ?? 0) ||
      (weight(place, count) === weight(known, counts.get(known) ?? 0) && place > known);
    if (better) best.set(chat, place);
  }
  return [...best.values()];
}

const weight = (place: number, count: number): number => (place % piecesOfChat === 0 ? count - 0.5 : count);
