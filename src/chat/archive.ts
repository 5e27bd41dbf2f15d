import * as l10n from '@vscode/l10n';
import { arrayAt, isObject, numberAt, parseJson, stringAt } from '../util/json.ts';

/** A chat as a file holds it: the whole tree, nothing left out. */
export interface ArchivedChat {
  readonly id: string;
  readonly title: string;
  /** 0 = its first words, 1 = a model, 2 = the user. */
  readonly titledBy: number;
  /** Path of the folder or workspace it was held in. */
  readonly workspace?: string;
  /** The chat's own choice of model. */
  readonly model?: string;
  /** The last turn of the path that was seen last. */
  readonly head?: string;
  readonly pinnedAt?: number;
  /** Times are milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly changedAt: number;
  readonly turns: readonly ArchivedTurn[];
}

export interface ArchivedTurn {
  readonly id: string;
  /** The turn it follows; absent = it begins the chat. */
  readonly parentId?: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** The turn as JSON text, see chat/turn.ts. */
  readonly body: string;
}

/** What a file held, and a line for everything in it that could not be read. */
export interface ReadChats {
  readonly chats: readonly ArchivedChat[];
  readonly unread: readonly string[];
}

const format = 'tutti-chats';
const version = 1;

/**
 * The file that keeps chats, in pieces: `{"format":"tutti-chats","version":1,"chats":[…]}`, a chat a line. Reading it into
 * an empty store and writing it again gives the same bytes.
 */
export async function* writeArchive(
  chats: AsyncIterable<ArchivedChat> | Iterable<ArchivedChat>,
): AsyncGenerator<string> {
  let before = `{"format":"${format}","version":${version},"chats":[\n`;
  for await (const chat of chats) {
    yield before + archiveLine(chat);
    before = ',\n';
  }
  yield before === ',\n' ? '\n]}\n' : `${before}]}\n`;
}

/** A chat as one line of JSON. */
export function archiveLine(chat: ArchivedChat): string {
  const { turns, ...rest } = chat;
  return JSON.stringify({ ...ordered(rest), turns: turns.map(turnLine) });
}

function ordered({
  id,
  title,
  titledBy,
  workspace,
  model,
  head,
  pinnedAt,
  ...times
}: Omit<ArchivedChat, 'turns'>): object {
  return { id, title, titledBy, workspace, model, head, pinnedAt, ...timesOf(times) };
}

function timesOf({ createdAt, updatedAt, changedAt }: Pick<ArchivedChat, 'createdAt' | 'updatedAt' | 'changedAt'>) {
  return { createdAt, updatedAt, changedAt };
}

function turnLine({ id, parentId, createdAt, changedAt, body }: ArchivedTurn): object {
  const value = parseJson(body);
  // As JSON where that gives the same text back, else as the text it is.
  const isPlain = isObject(value) && JSON.stringify(value) === body;
  return { id, parentId, createdAt, changedAt, body: isPlain ? value : body };
}

/** Undefined where this is no such file. What is not whole in it is left out with a word. */
export function readArchive(value: unknown): ReadChats | undefined {
  if (stringAt(value, 'format') !== format) return undefined;
  const found = numberAt(value, 'version');
  if (found !== version) {
    return {
      chats: [],
      unread: [l10n.t('The file is of version {0}; this Tutti reads version {1}.', String(found), version)],
    };
  }
  const chats: ArchivedChat[] = [];
  const unread: string[] = [];
  for (const [index, entry] of arrayAt(value, 'chats').entries()) {
    const read = readArchivedChat(entry);
    if (read === undefined) {
      unread.push(l10n.t('Chat {0} has no id.', index + 1));
      continue;
    }
    chats.push(read.chat);
    if (read.lost > 0) unread.push(l10n.t('{0} messages of "{1}" have no id or no text.', read.lost, read.chat.title));
  }
  return { chats, unread };
}

export function readArchivedChat(value: unknown): { readonly chat: ArchivedChat; readonly lost: number } | undefined {
  const id = stringAt(value, 'id');
  if (id === undefined || id === '') return undefined;
  const entries = arrayAt(value, 'turns');
  const turns = entries.flatMap((entry) => readArchivedTurn(entry) ?? []);
  const [workspace, model, head] = [stringAt(value, 'workspace'), stringAt(value, 'model'), stringAt(value, 'head')];
  const pinnedAt = wholeAt(value, 'pinnedAt');
  const createdAt = wholeAt(value, 'createdAt') ?? turns[0]?.createdAt ?? 0;
  const chat: ArchivedChat = {
    id,
    title: stringAt(value, 'title') ?? '…',
    titledBy: wholeAt(value, 'titledBy') ?? 0,
    ...(workspace !== undefined && { workspace }),
    ...(model !== undefined && { model }),
    ...(head !== undefined && { head }),
    ...(pinnedAt !== undefined && { pinnedAt }),
    createdAt,
    updatedAt: wholeAt(value, 'updatedAt') ?? turns.at(-1)?.createdAt ?? createdAt,
    changedAt: wholeAt(value, 'changedAt') ?? 0,
    turns,
  };
  return { chat, lost: entries.length - turns.length };
}

export function readArchivedTurn(value: unknown): ArchivedTurn | undefined {
  const [id, parentId] = [stringAt(value, 'id'), stringAt(value, 'parentId')];
  const body = isObject(value) ? value['body'] : undefined;
  const text = typeof body === 'string' ? body : isObject(body) ? JSON.stringify(body) : undefined;
  if (id === undefined || id === '' || text === undefined) return undefined;
  return {
    id,
    ...(parentId !== undefined && { parentId }),
    createdAt: wholeAt(value, 'createdAt') ?? 0,
    changedAt: wholeAt(value, 'changedAt') ?? 0,
    body: text,
  };
}

/** Whole, as the store wants times to be. */
function wholeAt(value: unknown, key: string): number | undefined {
  const found = numberAt(value, key);
  return found === undefined || !Number.isSafeInteger(Math.round(found)) ? undefined : Math.round(found);
}
