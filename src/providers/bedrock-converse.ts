import type { Model } from '../llm/model.ts';
import type { ChatRequest } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { bedrockUrl } from './base-url.ts';
import { BedrockReader } from './bedrock-reader.ts';
import { bedrockTurns } from './bedrock-turns.ts';
import { finishBody } from './finish-body.ts';
import { requestHeaders } from './request-headers.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** `POST /model/{model}/converse-stream` of Amazon Bedrock, with a bearer key. */
export const bedrockConverse: WireProtocol<'chat'> = {
  name: 'bedrock-converse',
  kind: 'chat',
  framing: 'aws-frames',
  write: (model, request) => ({
    url: bedrockUrl(model.endpoint.baseUrl, model.id, 'converse-stream'),
    headers: requestHeaders(model.endpoint, { accept: 'application/vnd.amazon.eventstream, application/json' }),
    body: bedrockConverseBody(model, request),
  }),
  read: (reply) => new BedrockReader(reply),
};

/** How much to think is asked differently of every family of models here: it belongs in `additionalModelRequestFields`. */
export function bedrockConverseBody(model: Model, request: ChatRequest): JsonObject {
  const { system, messages, parameters } = request;
  const fields: JsonObject = {
    messages: bedrockTurns(messages, model),
    system: system === undefined || system === '' ? undefined : [{ text: system }],
    toolConfig: toolConfig(request),
  };
  const inferenceConfig: JsonObject = {
    maxTokens: parameters.maxOutputTokens,
    temperature: parameters.temperature,
    topP: parameters.topP,
    stopSequences: parameters.stop && parameters.stop.length > 0 ? parameters.stop : undefined,
  };
  return finishBody(fields, parameters, { inferenceConfig });
}

/** A history with tool calls is refused where no tools are named, so the old ones are named again. */
function toolConfig({ tools = [], messages }: ChatRequest): JsonObject | undefined {
  const specs = tools.map(({ name, description, parameters }) => ({
    name,
    description: description === '' ? undefined : description,
    inputSchema: { json: parameters },
  }));
  const used = new Set(messages.flatMap((message) => (message.role === 'tool' ? [message.toolName] : [])));
  const named =
    specs.length > 0 ? specs : [...used].map((name) => ({ name, inputSchema: { json: { type: 'object' } } }));
  return named.length === 0 ? undefined : { tools: named.map((toolSpec) => ({ toolSpec })) };
}
