import type { Model } from '../llm/model.ts';
import type { Quirks } from '../llm/quirks.ts';
import type { ChatRequest, Tool } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { openaiUrl } from './base-url.ts';
import { areMarked } from './cache-marks.ts';
import { finishBody } from './finish-body.ts';
import { OpenaiChatReader } from './openai-chat-reader.ts';
import { markedPrompt } from './openai-marked-prompt.ts';
import { openaiMessages } from './openai-messages.ts';
import { requestHeaders } from './request-headers.ts';
import { thinkingFields } from './thinking.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** `POST /chat/completions`, the wire most vendors speak. */
export const openaiChat: WireProtocol<'chat'> = {
  name: 'openai-chat',
  kind: 'chat',
  write: (model, request) => ({
    url: openaiUrl(model.endpoint.baseUrl, 'chat/completions'),
    headers: requestHeaders(model.endpoint),
    body: openaiChatBody(model, request),
  }),
  read: (reply) => new OpenaiChatReader(reply),
};

export function openaiChatBody(model: Model, request: ChatRequest): JsonObject {
  const { quirks } = model.endpoint;
  const { parameters, tools } = request;
  const prompt = { messages: openaiMessages(request, quirks), tools: writeTools(request, quirks) };
  const fields: JsonObject = {
    model: model.id,
    ...(areMarked(model, parameters) ? markedPrompt(prompt) : prompt),
    prompt_cache_key: quirks.cacheKey ? request.cacheKey : undefined,
    tool_stream: quirks.toolStream && tools && tools.length > 0 ? true : undefined,
    ...(quirks.sampling !== false && { temperature: parameters.temperature, top_p: parameters.topP }),
    [quirks.maxTokensField ?? 'max_tokens']: parameters.maxOutputTokens,
    ...thinkingFields(parameters.reasoningEffort, quirks),
    stop: parameters.stop && parameters.stop.length > 0 ? parameters.stop : undefined,
    stream: true,
    stream_options: quirks.streamUsage === false ? undefined : { include_usage: true },
  };
  return finishBody(fields, parameters);
}

function writeTools({ tools, messages }: ChatRequest, quirks: Quirks): readonly JsonObject[] | undefined {
  if (tools && tools.length > 0) return tools.map(writeTool);
  const areNeeded = quirks.toolsWithToolHistory && messages.some((message) => message.role === 'tool');
  return areNeeded ? [] : undefined;
}

function writeTool({ name, description, parameters }: Tool): JsonObject {
  return { type: 'function', function: { name, description, parameters } };
}
