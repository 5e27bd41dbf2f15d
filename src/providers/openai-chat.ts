import type { Model } from '../llm/model.ts';
import type { ChatRequest, Tool } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { openaiUrl } from './base-url.ts';
import { finishBody } from './finish-body.ts';
import { OpenaiChatReader } from './openai-chat-reader.ts';
import { openaiMessages } from './openai-messages.ts';
import { requestHeaders } from './request-headers.ts';
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
  const fields: JsonObject = {
    model: model.id,
    messages: openaiMessages(request, quirks),
    tools: tools && tools.length > 0 ? tools.map(writeTool) : undefined,
    temperature: parameters.temperature,
    top_p: parameters.topP,
    [quirks.maxTokensField ?? 'max_tokens']: parameters.maxOutputTokens,
    reasoning_effort: parameters.reasoningEffort,
    stop: parameters.stop && parameters.stop.length > 0 ? parameters.stop : undefined,
    stream: true,
    stream_options: quirks.streamUsage === false ? undefined : { include_usage: true },
  };
  return finishBody(fields, parameters);
}

function writeTool({ name, description, parameters }: Tool): JsonObject {
  return { type: 'function', function: { name, description, parameters } };
}
