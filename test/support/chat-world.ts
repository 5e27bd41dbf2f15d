import type { ChatRow, TurnRow } from '../../src/chat/chat-saver.ts';
import { Conversation, type ConversationPorts } from '../../src/chat/conversation.ts';
import type { Message } from '../../src/llm/message.ts';
import type { Delta } from '../../src/protocol/to-webview.ts';
import { type Step, says, scriptedStream } from './scripted-stream.ts';

/** A store in memory and a scripted model, and conversations over them. */
export function world(...scripts: readonly (readonly Step[])[]) {
  const chats = new Map<string, ChatRow>();
  const turns = new Map<string, TurnRow>();
  const deltas: Delta[] = [];
  const reports: string[] = [];
  const asked: (readonly Message[])[] = [];
  const choices: unknown[] = [];
  const files: (readonly string[])[] = [];
  const stream = scriptedStream(...scripts);
  const ports: ConversationPorts = {
    stream: (ask, signal) => {
      asked.push(ask.messages);
      choices.push(ask.model);
      files.push(ask.files);
      return stream({} as never, {} as never, signal);
    },
    saveChat: async (chat) => void chats.set(chat.id, chat),
    saveTurn: async (turn) => void turns.set(turn.id, turn),
    loadChat: async (id) => {
      const chat = chats.get(id);
      return chat && { chat, turns: [...turns.values()].filter((turn) => turn.chatId === id) };
    },
    report: (problem) => reports.push(problem),
    workspace: () => '/work/space',
  };
  const make = (): Conversation => new Conversation(ports, (delta) => deltas.push(delta));
  return { make, ports, chats, turns, deltas, reports, asked, choices, files };
}

/** What is on the screen, a line a message. */
export const texts = (chat: Conversation): readonly string[] =>
  chat
    .messages()
    .map((message) => `${message.role}: ${message.parts.map((part) => ('text' in part ? part.text : '')).join('|')}`);

export const hi: readonly Step[] = [{ type: 'text', text: 'h' }, { type: 'text', text: 'i' }, says('hi')];
