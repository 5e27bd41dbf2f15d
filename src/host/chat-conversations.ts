import * as vscode from 'vscode';
import type { ConversationPorts } from '../chat/conversation.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { StreamEvent } from '../llm/stream-event.ts';

export interface ChatConversationPorts {
  readonly gateway: Gateway;
  readonly store: Pick<ConversationPorts, 'saveChat' | 'saveTurn' | 'loadChat'>;
  readonly report: (problem: string) => void;
}

/** What every conversation of this window works with. `onLearned`: more is known of the model a chat asks. */
export function conversationPorts(
  { gateway, store, report }: ChatConversationPorts,
  onLearned: (chatId: string) => void,
): ConversationPorts {
  return {
    ...store,
    report,
    workspace: () => vscode.workspace.workspaceFile?.fsPath ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    stream: (ask, signal) =>
      noticeLessons(
        gateway.stream(
          {
            role: 'chat',
            chatId: ask.chatId,
            files: ask.files,
            request: { kind: 'chat', messages: ask.messages, parameters: {} },
            ...(ask.model && { choice: ask.model }),
          },
          signal,
        ),
        () => onLearned(ask.chatId),
      ),
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
