import {
  type AssistantMessage,
  type ImagePart,
  type Message,
  type TextPart,
  type ToolCallPart,
  type ToolMessage,
  textOf,
} from '../llm/message.ts';
import type { Quirks } from '../llm/quirks.ts';
import type { ChatRequest } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';

/** A chat as OpenAI-shaped `messages`. */
export function openaiMessages({ system, messages }: ChatRequest, quirks: Quirks): readonly JsonObject[] {
  const written: JsonObject[] = [];
  if (system !== undefined && system !== '') written.push({ role: quirks.systemRole ?? 'system', content: system });
  for (const [at, message] of messages.entries()) {
    written.push(...writeMessage(message, quirks));
    // Results of tools must follow their calls without a gap, so their images come after the last of them.
    if (message.role === 'tool' && messages[at + 1]?.role !== 'tool') written.push(...imagesOfTools(messages, at));
  }
  return written;
}

function writeMessage(message: Message, quirks: Quirks): readonly JsonObject[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: writeContent(message.content) }];
    case 'assistant':
      return writeAssistant(message, quirks);
    case 'tool':
      return [{ role: 'tool', tool_call_id: message.toolCallId, content: textOf(message) }];
  }
}

/** A reply of which nothing came is no turn; several vendors refuse it. */
function writeAssistant(message: AssistantMessage, quirks: Quirks): readonly JsonObject[] {
  let text = '';
  let reasoning = '';
  const toolCalls: JsonObject[] = [];
  for (const part of message.content) {
    switch (part.type) {
      case 'text':
      case 'refusal':
        text += part.text;
        break;
      case 'reasoning':
        reasoning += part.text;
        break;
      case 'tool-call':
        if (part.server) break;
        toolCalls.push(writeToolCall(part));
        break;
    }
  }
  if (text === '' && toolCalls.length === 0) return [];
  return [
    {
      role: 'assistant',
      content: text === '' ? null : text,
      // Models that want their thoughts back refuse a turn without, also one that another model wrote.
      ...(quirks.replayReasoning && { reasoning_content: reasoning }),
      ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    },
  ];
}

/** A call without arguments is an empty object: servers parse what is sent. */
function writeToolCall({ id, name, arguments: text }: ToolCallPart): JsonObject {
  return { id, type: 'function', function: { name, arguments: text === '' ? '{}' : text } };
}

/** Plain text stays a string: not every server understands parts. */
function writeContent(parts: readonly (TextPart | ImagePart)[]): string | readonly JsonObject[] {
  if (parts.every((part) => part.type === 'text')) return parts.map((part) => part.text).join('');
  return parts.map((part) => (part.type === 'text' ? { type: 'text', text: part.text } : writeImage(part)));
}

function writeImage({ mediaType, base64 }: ImagePart): JsonObject {
  return { type: 'image_url', image_url: { url: `data:${mediaType};base64,${base64}` } };
}

/** Images of the tool messages in a row that ends at `last`, as a turn of the user: the role `tool` takes text only. */
function imagesOfTools(messages: readonly Message[], last: number): readonly JsonObject[] {
  const before = messages.slice(0, last + 1);
  const first = before.findLastIndex((message) => message.role !== 'tool') + 1;
  const tools = before.slice(first).filter((message): message is ToolMessage => message.role === 'tool');
  const images = tools.flatMap((tool) => tool.content.filter((part) => part.type === 'image'));
  return images.length === 0 ? [] : [{ role: 'user', content: images.map(writeImage) }];
}
