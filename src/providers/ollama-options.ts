import type { Parameters } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';

/**
 * The `options` of both of Ollama's doors. The running context is the server's own affair: another `num_ctx` than the
 * one in force loads the model anew, so it is sent only where the user gives it in `extraBody`.
 */
export function ollamaOptions({ maxOutputTokens, temperature, topP, stop }: Parameters): JsonObject {
  return {
    num_predict: maxOutputTokens,
    temperature,
    top_p: topP,
    stop: stop && stop.length > 0 ? stop : undefined,
  };
}
