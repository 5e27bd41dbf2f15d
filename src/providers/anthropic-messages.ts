import type { Model } from '../llm/model.ts';
import type { ChatRequest } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { AnthropicReader } from './anthropic-reader.ts';
import { anthropicThinkingFields } from './anthropic-thinking.ts';
import { anthropicTurns } from './anthropic-turns.ts';
import { anthropicUrl } from './base-url.ts';
import { finishBody } from './finish-body.ts';
import { requestHeaders } from './request-headers.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** The wire demands a limit; this one every current model can take. */
const defaultMaxTokens = 8192;

/** The version whose behaviour is pinned; compatible servers know it as well. */
export const defaultAnthropicVersion = '2023-06-01';

/** `POST /v1/messages` of Anthropic and of those who copy it. */
export const anthropicMessages: WireProtocol<'chat'> = {
  name: 'anthropic-messages',
  kind: 'chat',
  write: (model, request) => ({
    url: anthropicUrl(model.endpoint.baseUrl, 'messages'),
    headers: requestHeaders(model.endpoint, {
      'anthropic-version': model.endpoint.quirks.anthropicVersion ?? defaultAnthropicVersion,
    }),
    body: anthropicMessagesBody(model, request),
  }),
  read: (reply) => new AnthropicReader(reply),
};

export function anthropicMessagesBody(model: Model, { system, messages, tools, parameters }: ChatRequest): JsonObject {
  const { quirks } = model.endpoint;
  const maxTokens = parameters.maxOutputTokens ?? model.facts.maxOutputTokens ?? defaultMaxTokens;
  const fields: JsonObject = {
    model: model.id,
    max_tokens: maxTokens,
    system: system === '' ? undefined : system,
    messages: anthropicTurns(messages, model),
    tools:
      tools && tools.length > 0
        ? tools.map(({ name, description, parameters: schema }) => ({ name, description, input_schema: schema }))
        : undefined,
    ...(quirks.sampling !== false && { temperature: parameters.temperature, top_p: parameters.topP }),
    ...anthropicThinkingFields(parameters.reasoningEffort, maxTokens, quirks),
    stop_sequences: parameters.stop && parameters.stop.length > 0 ? parameters.stop : undefined,
    stream: true,
  };
  return finishBody(fields, parameters);
}
