import type { AssistantMessage, Message, ToolCallPart } from '../llm/message.ts';
import { textOf } from '../llm/message.ts';
import type { Model } from '../llm/model.ts';
import type { ChatRequest } from '../llm/request.ts';
import { isObject, type JsonObject, parseJson } from '../util/json.ts';
import { ollamaUrl } from './base-url.ts';
import { finishBody } from './finish-body.ts';
import { keptAlive, ollamaOptions } from './ollama-options.ts';
import { OllamaReader } from './ollama-reader.ts';
import { requestHeaders } from './request-headers.ts';
import { noThinking, plainThinking } from './thinking.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** Ollama's own `POST /api/chat`. */
export const ollamaChat: WireProtocol<'chat'> = {
  name: 'ollama-chat',
  kind: 'chat',
  framing: 'lines',
  write: (model, request) => ({
    url: ollamaUrl(model.endpoint.baseUrl, 'chat'),
    headers: requestHeaders(model.endpoint),
    body: ollamaChatBody(model, request),
  }),
  read: (reply) => new OllamaReader(reply),
};

export function ollamaChatBody(model: Model, { system, messages, tools, parameters }: ChatRequest): JsonObject {
  const told = system === undefined || system === '' ? [] : [{ role: 'system', content: system }];
  const fields: JsonObject = {
    model: model.id,
    messages: [...told, ...messages.flatMap((message) => writeMessage(message, model))],
    tools: tools && tools.length > 0 ? tools.map((tool) => ({ type: 'function', function: tool })) : undefined,
    think: think(parameters.reasoningEffort),
    stream: true,
    ...keptAlive(model.endpoint),
  };
  return finishBody(fields, parameters, { options: ollamaOptions(parameters) });
}

/** Most models can only be told whether to think. */
function think(effort: string | undefined): boolean | string | undefined {
  return effort === noThinking ? false : effort === plainThinking ? true : effort;
}

function writeMessage(message: Message, model: Model): readonly JsonObject[] {
  if (message.role === 'assistant') return writeAssistant(message, model);
  const images = message.content.flatMap((part) => (part.type === 'image' ? [part.base64] : []));
  return [
    {
      role: message.role,
      content: textOf(message),
      ...(images.length > 0 && { images }),
      ...(message.role === 'tool' && { tool_name: message.toolName, tool_call_id: message.toolCallId }),
    },
  ];
}

function writeAssistant({ content, protocol, model: writer }: AssistantMessage, model: Model): readonly JsonObject[] {
  const joined = (...types: readonly string[]): string =>
    content.map((part) => (types.includes(part.type) && 'text' in part ? part.text : '')).join('');
  const calls = content.filter((part): part is ToolCallPart => part.type === 'tool-call' && !part.server);
  const text = joined('text', 'refusal');
  // Only the model that thought them has a place for thoughts in its template.
  const thinking = protocol === 'ollama-chat' && writer === model.ref ? joined('reasoning') : '';
  if (text === '' && calls.length === 0) return [];
  return [
    {
      role: 'assistant',
      content: text,
      ...(thinking !== '' && { thinking }),
      ...(calls.length > 0 && { tool_calls: calls.map(writeCall) }),
    },
  ];
}

/** Arguments have to be an object here; what the model wrote may be empty or broken. */
function writeCall({ id, name, arguments: text }: ToolCallPart): JsonObject {
  const parsed = parseJson(text);
  return { ...(id !== '' && { id }), function: { name, arguments: isObject(parsed) ? parsed : {} } };
}
