import type { Model } from '../llm/model.ts';
import type { ChatRequest } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { bedrockUrl } from './base-url.ts';
import { BedrockReader } from './bedrock-reader.ts';
import { bedrockTurns } from './bedrock-turns.ts';
import { areMarked, marksFor, noMarks } from './cache-marks.ts';
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
  const turns = bedrockTurns(messages, model);
  const tools = toolsOf(request);
  const places = turns.map((turn) => ({ isUser: turn.role === 'user', written: turn }));
  const marks = areMarked(model, parameters) ? marksFor(tools, system, places) : noMarks;
  const upTo = (isMarked: boolean): readonly JsonObject[] => (isMarked ? [cachePoint] : []);
  const fields: JsonObject = {
    messages: turns.map((turn, at) =>
      marks.turns.has(at) ? { ...turn, content: [...turn.content, cachePoint] } : turn,
    ),
    system: system === undefined || system === '' ? undefined : [{ text: system }, ...upTo(marks.system)],
    toolConfig: tools.length === 0 ? undefined : { tools: [...tools, ...upTo(marks.tools)] },
  };
  const inferenceConfig: JsonObject = {
    maxTokens: parameters.maxOutputTokens,
    temperature: parameters.temperature,
    topP: parameters.topP,
    stopSequences: parameters.stop && parameters.stop.length > 0 ? parameters.stop : undefined,
  };
  return finishBody(fields, parameters, { inferenceConfig });
}

/** This wire's mark is a block of its own. */
const cachePoint = { cachePoint: { type: 'default' } } as const;

/** A history with tool calls is refused where no tools are named, so the old ones are named again. */
function toolsOf({ tools = [], messages }: ChatRequest): readonly JsonObject[] {
  const specs = tools.map(({ name, description, parameters }) => ({
    name,
    description: description === '' ? undefined : description,
    inputSchema: { json: parameters },
  }));
  const used = new Set(messages.flatMap((message) => (message.role === 'tool' ? [message.toolName] : [])));
  const named =
    specs.length > 0 ? specs : [...used].map((name) => ({ name, inputSchema: { json: { type: 'object' } } }));
  return named.map((toolSpec) => ({ toolSpec }));
}
