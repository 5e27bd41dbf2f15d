import type { Parameters } from '../llm/request.ts';
import { type JsonObject, objectAt } from '../util/json.ts';

/**
 * The body as it is sent: fields without a value left out, then the user's `extraBody` over it, then `omit` taken off.
 * `groups` are objects in the body that hold parameters: `extraBody` and `omit` reach into them, and an empty one is not sent.
 */
export function finishBody(
  fields: JsonObject,
  { extraBody, omit }: Parameters,
  groups: Readonly<Record<string, JsonObject>> = {},
): JsonObject {
  const omitted = new Set(omit);
  const finish = (given: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== undefined && !omitted.has(name)));
  const finished = Object.entries(groups)
    .map(([name, group]) => [name, finish({ ...group, ...objectAt(extraBody, name) })] as const)
    .filter(([, group]) => Object.keys(group).length > 0);
  return finish({ ...fields, ...extraBody, ...Object.fromEntries(finished) });
}
