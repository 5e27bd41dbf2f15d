import type { Endpoint } from '../llm/endpoint.ts';
import type { Parameters } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';

/**
 * The `options` of both of Ollama's doors. Another `num_ctx` than the one in force loads the model anew: it is sent only
 * where the user gives the model a window, and then with every request to that model, whatever the job.
 */
export function ollamaOptions({ maxOutputTokens, temperature, topP, stop, contextTokens }: Parameters): JsonObject {
  return {
    num_ctx: contextTokens,
    num_predict: maxOutputTokens,
    temperature,
    top_p: topP,
    stop: stop && stop.length > 0 ? stop : undefined,
  };
}

/** How long the model stays in memory after the request: a number of seconds, or a text like `30m`; -1 = for ever. */
export function keptAlive({ keepAlive }: Endpoint): JsonObject {
  return { keep_alive: keepAlive };
}
