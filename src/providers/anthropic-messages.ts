import type { Model } from '../llm/model.ts';
import type { ChatRequest, Parameters, Tool } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { AnthropicReader } from './anthropic-reader.ts';
import { anthropicThinkingFields } from './anthropic-thinking.ts';
import { type AnthropicTurn, anthropicTurns } from './anthropic-turns.ts';
import { anthropicUrl } from './base-url.ts';
import { areMarked, cacheControl, marksFor, noMarks, withLast } from './cache-marks.ts';
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
  const prompt = anthropicPrompt(
    model,
    system,
    anthropicTurns(messages, model),
    (tools ?? []).map(writeTool),
    parameters,
  );
  const fields: JsonObject = {
    model: model.id,
    max_tokens: maxTokens,
    ...prompt,
    ...(quirks.sampling !== false && { temperature: parameters.temperature, top_p: parameters.topP }),
    ...anthropicThinkingFields(parameters.reasoningEffort, maxTokens, quirks),
    stop_sequences: parameters.stop && parameters.stop.length > 0 ? parameters.stop : undefined,
    stream: true,
  };
  return finishBody(fields, parameters);
}

function writeTool({ name, description, parameters }: Tool): JsonObject {
  return { name, description, input_schema: parameters };
}

/** The three parts that make up the prompt, marked where the vendor is to keep it up to. */
function anthropicPrompt(
  model: Model,
  system: string | undefined,
  turns: readonly AnthropicTurn[],
  tools: readonly JsonObject[],
  parameters: Parameters,
): JsonObject {
  const places = turns.map((turn) => ({ isUser: turn.role === 'user', written: turn }));
  const marks = areMarked(model, parameters) ? marksFor(tools, system, places) : noMarks;
  const marked = (block: JsonObject): JsonObject => ({ ...block, ...cacheControl });
  const shownTools = marks.tools ? withLast(tools, marked) : tools;
  return {
    system: marks.system ? [{ type: 'text', text: system, ...cacheControl }] : system === '' ? undefined : system,
    messages: turns.map((turn, at) =>
      marks.turns.has(at) ? { ...turn, content: withLast(turn.content, marked) } : turn,
    ),
    tools: tools.length > 0 ? shownTools : undefined,
  };
}
