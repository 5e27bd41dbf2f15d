import {
  type AssistantMessage,
  type AssistantPart,
  type ImagePart,
  type Message,
  type Opaque,
  type TextPart,
  type ToolCallPart,
  type ToolMessage,
  textOf,
} from '../llm/message.ts';
import type { Model } from '../llm/model.ts';
import { isObject, type JsonObject, objectAt, parseJson, stringAt } from '../util/json.ts';
import { mergeTurns, type Turn } from './merge-turns.ts';

/** Stands where a model wants its own signature on a call that another model made. */
const foreignSignature = 'skip_thought_signature_validator';

/** A chat as Gemini's contents: results of tools are the user's words, neighbours of one role are one content. */
export function geminiContents(messages: readonly Message[], model: Model): readonly JsonObject[] {
  const isOwn = ({ protocol, model: writer }: AssistantMessage): boolean =>
    protocol === 'gemini-native' && writer === model.ref;
  const own = messages.flatMap((message) => (message.role === 'assistant' && isOwn(message) ? message.content : []));
  const ids = new Set(own.flatMap((part) => (part.type === 'tool-call' && hasId(part) ? [part.id] : [])));
  const write = (message: Message): Turn<'user' | 'model'> => {
    switch (message.role) {
      case 'user':
        return { role: 'user', blocks: message.content.flatMap(writePart) };
      case 'assistant':
        return { role: 'model', blocks: writeAssistant(message, isOwn(message)) };
      case 'tool':
        return { role: 'user', blocks: writeResult(message, ids) };
    }
  };
  const merged = mergeTurns(messages.map(write), (part) => 'functionResponse' in part);
  return merged.map(({ role, blocks }) => ({ role, parts: blocks }));
}

/** Whether the model itself gave the call its id; others are unknown to it. */
function hasId({ opaque }: ToolCallPart): boolean {
  return opaque?.['hasId'] === true;
}

function writeAssistant({ content }: AssistantMessage, isOwn: boolean): readonly JsonObject[] {
  const parts = content.flatMap((part) => writeAssistantPart(part, isOwn));
  // Without a signature on the first call of a turn, models that sign their calls refuse the turn.
  const first = parts.findIndex((part) => 'functionCall' in part);
  const isSigned = parts.some((part) => 'functionCall' in part && 'thoughtSignature' in part);
  if (first < 0 || isSigned) return parts;
  return parts.map((part, at) => (at === first ? { ...part, thoughtSignature: foreignSignature } : part));
}

function writeAssistantPart(part: AssistantPart, isOwn: boolean): readonly JsonObject[] {
  const signed = 'opaque' in part && isOwn ? signatureOf(part.opaque) : {};
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text, ...signed }];
    case 'reasoning':
      // A thought is sent back for its signature; without one it is only weight.
      return 'thoughtSignature' in signed ? [{ text: part.text, thought: true, ...signed }] : [];
    case 'opaque': {
      const own = isOwn ? objectAt(part.opaque, 'part') : undefined;
      return own === undefined ? [] : [own];
    }
    case 'tool-call': {
      if (part.server) return [];
      const args = argumentsObject(part.arguments);
      return [{ functionCall: { ...(isOwn && hasId(part) && { id: part.id }), name: part.name, args }, ...signed }];
    }
  }
}

function signatureOf(opaque: Opaque | undefined): JsonObject {
  const thoughtSignature = stringAt(opaque, 'thoughtSignature');
  return thoughtSignature === undefined ? {} : { thoughtSignature };
}

/** Results without an id are told from each other by name and order; their images stand beside them. */
function writeResult(message: ToolMessage, ids: ReadonlySet<string>): readonly JsonObject[] {
  const { toolCallId: id, toolName: name } = message;
  const response = { [message.isError ? 'error' : 'output']: textOf(message) };
  const images = message.content.filter((part) => part.type === 'image');
  return [{ functionResponse: { ...(ids.has(id) && { id }), name, response } }, ...images.flatMap(writePart)];
}

function writePart(part: TextPart | ImagePart): readonly JsonObject[] {
  if (part.type === 'text') return part.text === '' ? [] : [{ text: part.text }];
  return [{ inlineData: { mimeType: part.mediaType, data: part.base64 } }];
}

/** `args` has to be an object; what the model wrote may be empty or broken. */
function argumentsObject(text: string): JsonObject {
  const parsed = parseJson(text);
  return isObject(parsed) ? parsed : {};
}
