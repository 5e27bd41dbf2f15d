import type { AssistantMessage, AssistantPart, ImagePart, Message, TextPart, ToolMessage } from '../llm/message.ts';
import type { Model } from '../llm/model.ts';
import { isObject, type JsonObject, parseJson } from '../util/json.ts';
import { mergeTurns, type Turn } from './merge-turns.ts';

export interface AnthropicTurn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly JsonObject[];
}

/** A chat as Anthropic's turns: results of tools are the user's words, neighbours of one role are one turn. */
export function anthropicTurns(messages: readonly Message[], model: Model): readonly AnthropicTurn[] {
  const turns = messages.map(
    (message): Turn<AnthropicTurn['role']> => ({
      role: message.role === 'assistant' ? 'assistant' : 'user',
      blocks: writeMessage(message, model),
    }),
  );
  const merged = mergeTurns(turns, (block) => block['type'] === 'tool_result');
  return merged.map(({ role, blocks }) => ({ role, content: blocks }));
}

function writeMessage(message: Message, model: Model): readonly JsonObject[] {
  switch (message.role) {
    case 'user':
      return writeParts(message.content);
    case 'assistant':
      return writeAssistant(message, model);
    case 'tool':
      return [writeResult(message)];
  }
}

function writeAssistant(message: AssistantMessage, model: Model): readonly JsonObject[] {
  // Proofs of reasoning hold only for the model and the wire they came from; elsewhere they are a 400.
  const isOwn = message.protocol === 'anthropic-messages' && message.model === model.ref;
  return message.content.flatMap((part) => writeAssistantPart(part, isOwn));
}

function writeAssistantPart(part: AssistantPart, isOwn: boolean): readonly JsonObject[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return writeParts([{ type: 'text', text: part.text }]);
    case 'reasoning':
      if (!isOwn) return [];
      if (part.redacted !== undefined) return [{ type: 'redacted_thinking', data: part.redacted }];
      if (part.signature === undefined) return [];
      return [{ type: 'thinking', thinking: part.text, signature: part.signature }];
    case 'opaque':
      return [];
    case 'tool-call':
      if (part.server) return [];
      return [{ type: 'tool_use', id: part.id, name: part.name, input: argumentsObject(part.arguments) }];
  }
}

function writeResult({ toolCallId, content, isError }: ToolMessage): JsonObject {
  const blocks = writeParts(content);
  return {
    type: 'tool_result',
    tool_use_id: toolCallId,
    ...(blocks.length > 0 && { content: blocks }),
    ...(isError && { is_error: true }),
  };
}

/** Blocks of nothing but white space are refused. */
function writeParts(parts: readonly (TextPart | ImagePart)[]): readonly JsonObject[] {
  return parts.flatMap((part): readonly JsonObject[] => {
    if (part.type === 'text') return part.text.trim() === '' ? [] : [{ type: 'text', text: part.text }];
    return [{ type: 'image', source: { type: 'base64', media_type: part.mediaType, data: part.base64 } }];
  });
}

/** `input` has to be an object; what the model wrote may be empty or broken. */
function argumentsObject(text: string): JsonObject {
  const parsed = parseJson(text);
  return isObject(parsed) ? parsed : {};
}
