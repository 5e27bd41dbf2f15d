import { createHash } from 'node:crypto';
import type { ArchivedChat, ArchivedTurn } from './archive.ts';
import { titleOf } from './title-of.ts';

/** A message as another program kept it. */
export interface ForeignMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly reasoning?: string;
  /** As that program names it. */
  readonly model?: string;
  readonly at?: number;
}

export interface ForeignChat {
  /** The program, e.g. `copilot`; part of every id, so that reading a file again adds nothing. */
  readonly from: string;
  /** Its own name for the chat; absent = made of what was said. */
  readonly session?: string;
  readonly title?: string;
  readonly workspace?: string;
  readonly at?: number;
  readonly messages: readonly ForeignMessage[];
}

/** The chat as Tutti keeps it: one branch; who wrote what is named `from/model`. Undefined where nobody says anything. */
export function archivedChat(foreign: ForeignChat, now: number): ArchivedChat | undefined {
  const messages = foreign.messages.filter(({ text, reasoning = '' }) => text.trim() !== '' || reasoning.trim() !== '');
  const first = messages.find(({ role }) => role === 'user') ?? messages[0];
  if (first === undefined) return undefined;
  const session = foreign.session ?? hash(messages.map(({ role, text }) => `${role} ${text}`).join('\n'));
  const chatId = idOf(foreign.from, session);
  const start = Math.round(foreign.at ?? messages.find(({ at }) => at !== undefined)?.at ?? now);
  const turns: ArchivedTurn[] = [];
  let time = start;
  for (const [index, message] of messages.entries()) {
    time = Math.max(time, Math.round(message.at ?? time));
    const before = turns.at(-1);
    turns.push({
      id: idOf(foreign.from, session, index, message.role, message.text),
      ...(before && { parentId: before.id }),
      createdAt: time,
      changedAt: 0,
      body: bodyOf(foreign.from, message),
    });
  }
  const title = foreign.title?.trim();
  return {
    id: chatId,
    title: (title ? title.slice(0, 200) : titleOf(first.text)).toWellFormed(),
    titledBy: title ? 1 : 0,
    ...(foreign.workspace && { workspace: foreign.workspace }),
    createdAt: start,
    updatedAt: time,
    changedAt: 0,
    turns,
  };
}

/** As chat/turn.ts writes it. */
function bodyOf(from: string, { role, text, reasoning, model }: ForeignMessage): string {
  if (role === 'user') {
    return JSON.stringify({ kind: 'user', message: { role, content: [{ type: 'text', text }] } });
  }
  const content = [
    ...(reasoning ? [{ type: 'reasoning', text: reasoning }] : []),
    ...(text ? [{ type: 'text', text }] : []),
  ];
  const message = { role, content, model: `${from}/${model || 'unknown'}`, protocol: 'openai-chat' };
  return JSON.stringify({ kind: 'assistant', message, state: 'done', notices: [] });
}

function idOf(...parts: readonly (string | number)[]): string {
  return `${parts[0]}-${hash(JSON.stringify(parts)).slice(0, 32)}`;
}

const hash = (text: string): string => createHash('sha256').update(text.toWellFormed()).digest('hex');
