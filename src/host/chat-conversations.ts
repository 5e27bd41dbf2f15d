import * as vscode from 'vscode';
import type { VoteKeeping } from '../chat/comparison.ts';
import type { OpenChatsPorts } from '../chat/open-chats.ts';
import type { Ask } from '../gateway/ask.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import type { ChatFrames } from './chat-frames.ts';

export interface ChatConversationPorts {
  readonly gateway: Gateway;
  readonly frames: Pick<ChatFrames, 'of'>;
  readonly store: Pick<OpenChatsPorts, 'saveChat' | 'saveTurn' | 'loadChat' | 'savedAt' | 'turnBody'>;
  readonly votes: VoteKeeping;
  readonly report: (problem: string) => void;
}

/** What every conversation of this window works with. `onLearned`: more is known of the model a chat asks. */
export function conversationPorts(
  { gateway, frames, store, votes, report }: ChatConversationPorts,
  onLearned: (chatId: string) => void,
): OpenChatsPorts {
  return {
    ...store,
    votes,
    report,
    workspace: () => vscode.workspace.workspaceFile?.fsPath ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    stream: (ask, signal) => noticeLessons(asked(gateway, frames, ask, signal), () => onLearned(ask.chatId)),
  };
}

async function* asked(
  gateway: Gateway,
  frames: Pick<ChatFrames, 'of'>,
  { model, only, ...said }: Parameters<OpenChatsPorts['stream']>[0],
  signal: AbortSignal,
): AsyncIterable<StreamEvent> {
  const ask = await chatAsk(frames, said);
  yield* gateway.stream({ ...ask, ...(model && { choice: model }), ...(only && { model: only }) }, signal);
}

/** What a chat asks of whichever model answers. */
export async function chatAsk(
  frames: Pick<ChatFrames, 'of'>,
  { chatId, messages, files }: Pick<Parameters<OpenChatsPorts['stream']>[0], 'chatId' | 'messages' | 'files'>,
): Promise<Ask> {
  const frame = await frames.of(chatId, files);
  return {
    role: 'chat',
    chatId,
    files: [...files, ...frame.files],
    systemFor: frame.systemFor,
    request: { kind: 'chat', messages, parameters: {} },
  };
}

/** The events as they are; what was learned meanwhile is shown in the settings. */
async function* noticeLessons(events: AsyncIterable<StreamEvent>, onLearned: () => void): AsyncIterable<StreamEvent> {
  let mayHaveLearned = false;
  for await (const event of events) {
    mayHaveLearned ||= event.type === 'notice' && (event.notice.kind === 'lesson' || event.notice.kind === 'left-out');
    yield event;
  }
  if (mayHaveLearned) onLearned();
}
