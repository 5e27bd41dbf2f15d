import {
  type AssistantMessage,
  type AssistantPart,
  type ImagePart,
  type Message,
  type TextPart,
  type ToolMessage,
  textOf,
} from '../llm/message.ts';
import type { Model } from '../llm/model.ts';
import type { ChatRequest } from '../llm/request.ts';
import { arrayAt, type JsonObject, objectAt, stringAt } from '../util/json.ts';

/** A chat as the input items of OpenAI's responses. */
export function responsesInput({ system, messages }: ChatRequest, model: Model): readonly JsonObject[] {
  const role = model.endpoint.quirks.systemRole ?? 'system';
  const told = system === undefined || system === '' ? [] : [{ role, content: system }];
  return [...told, ...messages.flatMap((message) => writeMessage(message, model))];
}

function writeMessage(message: Message, model: Model): readonly JsonObject[] {
  switch (message.role) {
    case 'user':
      return message.content.length === 0 ? [] : [{ role: 'user', content: writeContent(message.content) }];
    case 'assistant':
      return writeAssistant(message, model);
    case 'tool':
      return [writeResult(message)];
  }
}

/** What this model wrote over this wire goes back item by item as it came; all else as plain words and calls. */
function writeAssistant({ content, protocol, model: writer }: AssistantMessage, model: Model): readonly JsonObject[] {
  const isOwn = protocol === 'openai-responses' && writer === model.ref;
  const written = content.flatMap((part) => writePart(part, isOwn ? itemOf(part) : undefined));
  const items = written.filter((item, at) => item['type'] !== 'reasoning' || hasLedOn(written, at));
  const hasAllThoughts = content.every((part) => !isThought(part) || isSealed(itemOf(part)));
  return hasAllThoughts ? items : items.map(withoutId);
}

/** Words and calls that have an id are asked for the thought that led to them. */
function withoutId(item: JsonObject): JsonObject {
  if (item['type'] !== 'message' && !('call_id' in item)) return item;
  const { id: _, ...rest } = item;
  return rest;
}

/** A thought is refused without the item that it led to: where the turn was stopped, that is missing or not whole. */
function hasLedOn(items: readonly JsonObject[], at: number): boolean {
  const next = items.find((item, index) => index > at && item['type'] !== 'reasoning');
  return next !== undefined && 'id' in next;
}

function writePart(part: AssistantPart, item: JsonObject | undefined): readonly JsonObject[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      if (part.text === '') return [];
      if (item === undefined) return [{ role: 'assistant', content: part.text }];
      return [{ ...item, content: [{ type: 'output_text', text: part.text, annotations: [] }] }];
    case 'tool-call': {
      if (part.server) return [];
      // Servers parse what is sent; a call without arguments is an empty object.
      const call = { call_id: part.id, name: part.name };
      if (item?.['type'] === 'custom_tool_call') return [{ ...item, ...call, input: part.arguments }];
      const text = part.arguments === '' ? '{}' : part.arguments;
      return [{ type: 'function_call', ...item, ...call, arguments: text }];
    }
    case 'reasoning':
      return item !== undefined && isSealed(item) ? [item] : [];
    case 'opaque':
      if (item === undefined || (isThought(part) && !isSealed(item))) return [];
      return [item];
  }
}

function isThought(part: AssistantPart): boolean {
  return part.type === 'reasoning' || (part.type === 'opaque' && itemOf(part)?.['type'] === 'reasoning');
}

/** The item that a part came as; fields without a value are refused on the way back. */
function itemOf(part: AssistantPart): JsonObject | undefined {
  const item = 'opaque' in part ? objectAt(part.opaque, 'item') : undefined;
  return item && Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}

/** Without its sealed form, or its words where a server keeps them open, the server cannot know a thought again. */
function isSealed(item: JsonObject | undefined): boolean {
  return (stringAt(item, 'encrypted_content') ?? '') !== '' || arrayAt(item, 'content').length > 0;
}

function writeResult(message: ToolMessage): JsonObject {
  const { toolCallId, content } = message;
  const output = content.some((part) => part.type === 'image') ? content.map(writeInput) : textOf(message);
  return { type: 'function_call_output', call_id: toolCallId, output };
}

/** Plain text stays a string: not every server understands parts. */
function writeContent(parts: readonly (TextPart | ImagePart)[]): string | readonly JsonObject[] {
  if (parts.every((part) => part.type === 'text')) return parts.map((part) => part.text).join('');
  return parts.map(writeInput);
}

function writeInput(part: TextPart | ImagePart): JsonObject {
  if (part.type === 'text') return { type: 'input_text', text: part.text };
  return { type: 'input_image', image_url: `data:${part.mediaType};base64,${part.base64}`, detail: 'auto' };
}
