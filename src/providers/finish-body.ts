import type { Parameters } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';

/** The body as it is sent: fields without a value left out, then the user's `extraBody` over it, then `omit` taken off. */
export function finishBody(fields: JsonObject, { extraBody, omit }: Parameters): JsonObject {
  const omitted = new Set(omit);
  const entries = Object.entries({ ...fields, ...extraBody });
  return Object.fromEntries(entries.filter(([name, value]) => value !== undefined && !omitted.has(name)));
}
