import type { Model } from '../llm/model.ts';
import type { CompletionRequest } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { ollamaUrl } from './base-url.ts';
import { finishBody } from './finish-body.ts';
import { keptAlive, ollamaOptions } from './ollama-options.ts';
import { OllamaReader } from './ollama-reader.ts';
import { requestHeaders } from './request-headers.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** Ollama's own `POST /api/generate`: prefix and suffix through the model's template, or a raw prompt past it. */
export const ollamaGenerate: WireProtocol<'completion'> = {
  name: 'ollama-generate',
  kind: 'completion',
  framing: 'lines',
  write: (model, request) => ({
    url: ollamaUrl(model.endpoint.baseUrl, 'generate'),
    headers: requestHeaders(model.endpoint),
    body: ollamaGenerateBody(model, request),
  }),
  read: (reply) => new OllamaReader(reply),
};

/** This wire has no place for `extra` files: what of them is wanted has to be in the prefix already. */
export function ollamaGenerateBody(model: Model, { prompt, parameters }: CompletionRequest): JsonObject {
  const fields: JsonObject = {
    model: model.id,
    ...(prompt.type === 'raw' ? { prompt: prompt.text, raw: true } : { prompt: prompt.prefix, suffix: prompt.suffix }),
    stream: true,
    ...keptAlive(model.endpoint),
  };
  return finishBody(fields, parameters, { options: ollamaOptions(parameters) });
}
