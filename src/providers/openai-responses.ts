import type { Model } from '../llm/model.ts';
import type { ChatRequest, Tool } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { openaiUrl } from './base-url.ts';
import { finishBody } from './finish-body.ts';
import { requestHeaders } from './request-headers.ts';
import { responsesInput } from './responses-input.ts';
import { ResponsesReader } from './responses-reader.ts';
import { noThinking, plainThinking } from './thinking.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** `POST /responses`, without any state at the server: each request carries the whole conversation. */
export const openaiResponses: WireProtocol<'chat'> = {
  name: 'openai-responses',
  kind: 'chat',
  write: (model, request) => ({
    url: openaiUrl(model.endpoint.baseUrl, 'responses'),
    headers: requestHeaders(model.endpoint),
    body: openaiResponsesBody(model, request),
  }),
  read: (reply) => new ResponsesReader(reply),
};

/** This wire knows no `stop`. */
export function openaiResponsesBody(model: Model, request: ChatRequest): JsonObject {
  const { parameters, tools } = request;
  const { quirks } = model.endpoint;
  // Nothing is kept at the server, so the reasoning has to travel, sealed; models without any refuse to be asked.
  const mayReason = model.facts.reasoningEfforts?.length !== 0;
  const fields: JsonObject = {
    model: model.id,
    input: responsesInput(request, model),
    tools: tools && tools.length > 0 ? tools.map(writeTool) : undefined,
    ...(quirks.sampling !== false && { temperature: parameters.temperature, top_p: parameters.topP }),
    max_output_tokens: parameters.maxOutputTokens,
    prompt_cache_key: quirks.cacheKey ? request.cacheKey : undefined,
    reasoning: reasoning(parameters.reasoningEffort),
    store: false,
    include: mayReason ? ['reasoning.encrypted_content'] : undefined,
    stream: true,
  };
  return finishBody(fields, parameters);
}

function reasoning(effort: string | undefined): JsonObject | undefined {
  if (effort === undefined) return undefined;
  if (effort === noThinking) return { effort };
  return { ...(effort !== plainThinking && { effort }), summary: 'auto' };
}

/** Strict is the default of this wire, and would refuse most schemas. */
function writeTool({ name, description, parameters }: Tool): JsonObject {
  return { type: 'function', name, description, parameters, strict: false };
}
