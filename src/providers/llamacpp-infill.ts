import type { Model } from '../llm/model.ts';
import type { ReplyBuilder } from '../llm/reply-builder.ts';
import type { CompletionRequest } from '../llm/request.ts';
import type { FinishReason } from '../llm/stream-event.ts';
import { type JsonObject, numberAt, objectAt, stringAt } from '../util/json.ts';
import { llamacppUrl } from './base-url.ts';
import { finishBody } from './finish-body.ts';
import { requestHeaders } from './request-headers.ts';
import { toldErrorIn } from './told-error.ts';
import type { Progress, WireProtocol } from './wire-protocol.ts';

/** llama.cpp's own `POST /infill`, and its `POST /completion` for raw prompts. */
export const llamacppInfill: WireProtocol<'completion'> = {
  name: 'llamacpp-infill',
  kind: 'completion',
  write: (model, request) => ({
    url: llamacppUrl(model.endpoint.baseUrl, request.prompt.type === 'raw' ? 'completion' : 'infill'),
    headers: requestHeaders(model.endpoint),
    body: llamacppInfillBody(model, request),
  }),
  read: (reply) => ({ payload: (payload, event) => readPayload(reply, payload, event) }),
};

export function llamacppInfillBody(model: Model, { prompt, parameters }: CompletionRequest): JsonObject {
  const fields: JsonObject = {
    model: model.id,
    ...(prompt.type === 'raw'
      ? { prompt: prompt.text }
      : {
          input_prefix: prompt.prefix,
          input_suffix: prompt.suffix,
          input_extra: prompt.extra.map(({ filename, text }) => ({ filename, text })),
        }),
    n_predict: parameters.maxOutputTokens,
    temperature: parameters.temperature,
    top_p: parameters.topP,
    stop: parameters.stop && parameters.stop.length > 0 ? parameters.stop : undefined,
    stream: true,
    cache_prompt: true,
  };
  return finishBody(fields, parameters);
}

const finishes: ReadonlyMap<string, FinishReason> = new Map([
  ['eos', 'stop'],
  ['word', 'stop'],
  ['limit', 'length'],
]);

function readPayload(reply: ReplyBuilder, payload: JsonObject, event: string | undefined): Progress {
  reply.text(stringAt(payload, 'content') ?? '');
  const told = toldErrorIn(payload, event);
  if (told) return told;
  if (payload['stop'] !== true) return 'more';
  const raw = stringAt(payload, 'stop_type');
  reply.finish(finishes.get(raw ?? '') ?? 'unknown', raw);
  // What of the prompt was still in the slot; older servers do not say.
  const cached = numberAt(objectAt(payload, 'timings'), 'cache_n');
  reply.usage({
    input: numberAt(payload, 'tokens_evaluated') ?? 0,
    output: numberAt(payload, 'tokens_predicted') ?? 0,
    ...(cached !== undefined && cached > 0 && { cached }),
  });
  return 'over';
}
