import type { Model } from '../llm/model.ts';
import type { CompletionRequest } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { openaiUrl } from './base-url.ts';
import { finishBody } from './finish-body.ts';
import { OpenaiChatReader } from './openai-chat-reader.ts';
import { requestHeaders } from './request-headers.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** `POST /completions`: a raw prompt, or the text before and after the cursor as `prompt` and `suffix`. */
export const openaiCompletions: WireProtocol<'completion'> = {
  name: 'openai-completions',
  kind: 'completion',
  write: (model, request) => ({
    url: openaiUrl(model.endpoint.baseUrl, model.endpoint.quirks.completionsPath ?? 'completions'),
    headers: requestHeaders(model.endpoint),
    body: openaiCompletionsBody(model, request),
  }),
  // Choices carry `text` here, and chat deltas at vendors that kept their chat's shape; the reader knows both.
  read: (reply) => new OpenaiChatReader(reply),
};

/** This wire has no place for `extra` files: what of them is wanted has to be in the prefix already. */
export function openaiCompletionsBody(model: Model, { prompt, parameters }: CompletionRequest): JsonObject {
  const fields: JsonObject = {
    model: model.id,
    ...(prompt.type === 'raw' ? { prompt: prompt.text } : { prompt: prompt.prefix, suffix: prompt.suffix }),
    max_tokens: parameters.maxOutputTokens,
    temperature: parameters.temperature,
    top_p: parameters.topP,
    stop: parameters.stop && parameters.stop.length > 0 ? parameters.stop : undefined,
    stream: true,
    stream_options: model.endpoint.quirks.streamUsage === false ? undefined : { include_usage: true },
  };
  return finishBody(fields, parameters);
}
