import { isObject, type JsonObject, stringAt } from '../util/json.ts';
import { cacheControl, type Marks, marksFor, withLast } from './cache-marks.ts';

interface Prompt {
  readonly messages: readonly JsonObject[];
  readonly tools: readonly JsonObject[] | undefined;
}

/**
 * OpenAI-shaped messages and tools with Anthropic's marks, as gateways pass them on. Only parts can be marked, so all
 * that may be marked in one turn is written in parts in every turn.
 */
export function markedPrompt({ messages, tools }: Prompt): Prompt {
  const isTold = (message: JsonObject | undefined): boolean => message !== undefined && !answersUser(message);
  const system = isTold(messages[0]) && messages[0]?.['role'] !== 'assistant' ? messages[0] : undefined;
  const spoken = messages.slice(system === undefined ? 0 : 1);
  // Results of tools and words of the user that follow each other are one turn; its last words end it.
  const places = spoken.map((message, at) => ({
    isUser: answersUser(message) && hasWords(message) && !spoken.slice(at + 1, nextReply(spoken, at)).some(hasWords),
    written: message,
  }));
  const marks: Marks = marksFor(tools ?? [], system && stringAt(system, 'content'), places);
  const marked = (object: JsonObject): JsonObject => ({ ...object, ...cacheControl });
  return {
    messages: [
      ...(system === undefined ? [] : [inParts(system, marks.system)]),
      ...spoken.map((message, at) => (answersUser(message) ? inParts(message, marks.turns.has(at)) : message)),
    ],
    tools: tools && marks.tools ? withLast(tools, marked) : tools,
  };
}

function answersUser({ role }: JsonObject): boolean {
  return role === 'user' || role === 'tool';
}

function nextReply(messages: readonly JsonObject[], from: number): number {
  const next = messages.findIndex((message, at) => at > from && !answersUser(message));
  return next < 0 ? messages.length : next;
}

function hasWords({ content }: JsonObject): boolean {
  return partsOf(content).some((part) => part['type'] === 'text');
}

function inParts(message: JsonObject, isMarked: boolean): JsonObject {
  const parts = partsOf(message['content']);
  const last = isMarked ? parts.findLastIndex((part) => part['type'] === 'text') : -1;
  if (parts.length === 0) return message;
  return { ...message, content: parts.map((part, at) => (at === last ? { ...part, ...cacheControl } : part)) };
}

/** No text, no part: an empty one cannot be marked. */
function partsOf(content: unknown): readonly JsonObject[] {
  if (typeof content === 'string') return content.trim() === '' ? [] : [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.filter(isObject) : [];
}
