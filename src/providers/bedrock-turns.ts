import type { AssistantPart, ImagePart, Message, TextPart, ToolMessage } from '../llm/message.ts';
import type { Model } from '../llm/model.ts';
import { isObject, type JsonObject, parseJson } from '../util/json.ts';
import { mergeTurns, type Turn } from './merge-turns.ts';

export interface BedrockTurn {
  readonly role: 'user' | 'assistant';
  readonly content: readonly JsonObject[];
}

/** A chat as Converse's messages: results of tools are the user's words, neighbours of one role are one message. */
export function bedrockTurns(messages: readonly Message[], model: Model): readonly BedrockTurn[] {
  const turns = messages.map(
    (message): Turn<BedrockTurn['role']> => ({
      role: message.role === 'assistant' ? 'assistant' : 'user',
      blocks: writeMessage(message, model),
    }),
  );
  const merged = mergeTurns(turns, (block) => 'toolResult' in block);
  return merged.map(({ role, blocks }) => ({ role, content: blocks }));
}

function writeMessage(message: Message, model: Model): readonly JsonObject[] {
  switch (message.role) {
    case 'user':
      return writeParts(message.content);
    case 'assistant': {
      const isOwn = message.protocol === 'bedrock-converse' && message.model === model.ref;
      return message.content.flatMap((part) => writeAssistantPart(part, isOwn));
    }
    case 'tool':
      return [writeResult(message)];
  }
}

function writeAssistantPart(part: AssistantPart, isOwn: boolean): readonly JsonObject[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return writeParts([{ type: 'text', text: part.text }]);
    case 'reasoning': {
      if (!isOwn) return [];
      if (part.redacted !== undefined) return [{ reasoningContent: { redactedContent: part.redacted } }];
      if (part.signature === undefined) return [];
      return [{ reasoningContent: { reasoningText: { text: part.text, signature: part.signature } } }];
    }
    case 'opaque':
      return [];
    case 'tool-call':
      if (part.server) return [];
      return [{ toolUse: { toolUseId: part.id, name: part.name, input: argumentsObject(part.arguments) } }];
  }
}

/** A result needs content, be it a blank. */
function writeResult({ toolCallId, content, isError }: ToolMessage): JsonObject {
  const blocks = writeParts(content);
  return {
    toolResult: {
      toolUseId: toolCallId,
      content: blocks.length > 0 ? blocks : [{ text: '(no output)' }],
      ...(isError && { status: 'error' }),
    },
  };
}

/** Blocks of nothing but white space are refused. */
function writeParts(parts: readonly (TextPart | ImagePart)[]): readonly JsonObject[] {
  return parts.flatMap((part): readonly JsonObject[] => {
    if (part.type === 'text') return part.text.trim() === '' ? [] : [{ text: part.text }];
    // The format's name is the rest of its media type: `image/png` → `png`.
    return [{ image: { format: part.mediaType.replace(/^image\//, ''), source: { bytes: part.base64 } } }];
  });
}

/** `input` has to be an object; what the model wrote may be empty or broken. */
function argumentsObject(text: string): JsonObject {
  const parsed = parseJson(text);
  return isObject(parsed) ? parsed : {};
}
