import {
  LanguageModelChatMessageRole,
  type LanguageModelChatRequestMessage,
  LanguageModelDataPart,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  LanguageModelToolResultPart,
} from 'vscode';
import type { AssistantPart, ImagePart, Message, TextPart } from '../llm/message.ts';
import { noModelRef } from '../llm/model-ref.ts';

/** VS Code's messages as ours. What VS Code itself sends as system prompt has a role that its API does not name. */
export function fromVscodeMessages(messages: readonly LanguageModelChatRequestMessage[]): {
  readonly system: string;
  readonly messages: readonly Message[];
} {
  const system: string[] = [];
  const read: Message[] = [];
  for (const { role, content } of messages) {
    if (role === LanguageModelChatMessageRole.Assistant) {
      read.push({ role: 'assistant', content: content.flatMap(spokenPart), model: noModelRef, protocol: 'vscode-lm' });
    } else if (role === LanguageModelChatMessageRole.User) {
      read.push(...userMessages(content));
    } else {
      system.push(...content.flatMap(plainPart).flatMap((part) => (part.type === 'text' ? [part.text] : [])));
    }
  }
  return { system: system.join('\n\n'), messages: read };
}

/** Results of tools come inside VS Code's user messages; with us each is a message of its own, before what is said. */
function userMessages(content: readonly unknown[]): readonly Message[] {
  const results: Message[] = [];
  for (const part of content) {
    if (!(part instanceof LanguageModelToolResultPart)) continue;
    const said = part.content.flatMap(plainPart);
    results.push({ role: 'tool', toolCallId: part.callId, toolName: '', content: said, isError: false });
  }
  const said = content.flatMap(plainPart);
  return said.length === 0 ? results : [...results, { role: 'user', content: said }];
}

function plainPart(part: unknown): readonly (TextPart | ImagePart)[] {
  if (part instanceof LanguageModelTextPart) return [{ type: 'text', text: part.value }];
  if (!(part instanceof LanguageModelDataPart)) return [];
  if (part.mimeType.startsWith('image/')) {
    return [{ type: 'image', mediaType: part.mimeType, base64: Buffer.from(part.data).toString('base64') }];
  }
  if (!/^text\/|json/.test(part.mimeType)) return [];
  return [{ type: 'text', text: Buffer.from(part.data).toString('utf8') }];
}

function spokenPart(part: unknown): readonly AssistantPart[] {
  if (part instanceof LanguageModelTextPart) return [{ type: 'text', text: part.value }];
  if (!(part instanceof LanguageModelToolCallPart)) return [];
  return [{ type: 'tool-call', id: part.callId, name: part.name, arguments: JSON.stringify(part.input) }];
}
