import * as l10n from '@vscode/l10n';
import { parseJson } from '../util/json.ts';
import { type ReadChats, readArchive } from './archive.ts';
import { archivedChat } from './foreign-chat.ts';
import { readClineTask } from './read-cline-task.ts';
import { readContinueSession } from './read-continue-session.ts';
import { readCopilotChat } from './read-copilot-chat.ts';

/** The chats of a file, whichever program wrote it. `path` has `/` between its parts. */
export function readChats(text: string, path: string, now: number): ReadChats {
  const name = path.split('/').at(-1) ?? path;
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (value === undefined) return { chats: [], unread: [l10n.t('{0} is no JSON, or only a part of it.', name)] };
  const own = readArchive(value);
  if (own) return own;
  const folder = path.split('/').at(-2) ?? '';
  const foreign = readCopilotChat(value) ?? readContinueSession(value) ?? readClineTask(value, folder);
  if (!foreign) return { chats: [], unread: [l10n.t('{0} holds no chat that Tutti can read.', name)] };
  const chat = archivedChat(foreign, now);
  return chat ? { chats: [chat], unread: [] } : { chats: [], unread: [l10n.t('Nothing is said in {0}.', name)] };
}
