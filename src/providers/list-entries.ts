import type { Endpoint } from '../llm/endpoint.ts';
import type { ModelFacts } from '../llm/model-facts.ts';
import type { ListedModel } from '../llm/vendor.ts';
import { isObject, type JsonObject, stringAt } from '../util/json.ts';
import { shownUrl } from './base-url.ts';
import { RequestFailed } from './request-failed.ts';

/** Asks for JSON with the endpoint's key. Throws `RequestFailed`. */
export type AskForJson = (
  url: string,
  more?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: JsonObject },
) => Promise<unknown>;

/** One form in which endpoints tell their models. Throws `RequestFailed`. */
export type ListReader = (endpoint: Endpoint, ask: AskForJson) => Promise<readonly ListedModel[]>;

/** The list in an answer: in the first of `fields` that holds one, or the answer itself. */
export function entriesOf(answer: unknown, url: string, ...fields: readonly string[]): readonly unknown[] {
  if (Array.isArray(answer)) return answer;
  for (const field of fields) {
    const list = isObject(answer) ? answer[field] : undefined;
    if (Array.isArray(list)) return list;
  }
  throw new RequestFailed({
    code: 'malformed-response',
    message: 'The answer is no list of models.',
    retryable: false,
    url: shownUrl(url),
  });
}

/** Entries with an id, each id once, without models that write no text. */
export function modelsOf(
  entries: readonly unknown[],
  factsOf: (entry: JsonObject) => ModelFacts,
  idOf: (entry: JsonObject) => string | undefined = usualId,
): readonly ListedModel[] {
  const models = new Map<string, ListedModel>();
  for (const entry of entries) {
    if (!isObject(entry) || !writesText(entry)) continue;
    const id = idOf(entry);
    if (id !== undefined && id !== '') models.set(id, { id, facts: factsOf(entry) });
  }
  return [...models.values()];
}

/** The second reader is asked where the first one's address does not exist. */
export function orElse(first: ListReader, second: ListReader): ListReader {
  return async (endpoint, ask) => {
    try {
      return await first(endpoint, ask);
    } catch (error) {
      if (error instanceof RequestFailed && absences.has(error.error.code)) return second(endpoint, ask);
      throw error;
    }
  };
}

const absences: ReadonlySet<string> = new Set(['not-found', 'not-an-api', 'malformed-response', 'invalid-request']);

function usualId(entry: JsonObject): string | undefined {
  return stringAt(entry, 'id') ?? stringAt(entry, 'name') ?? stringAt(entry, 'model');
}

/** Words vendors have for models that are of no use here. */
const otherTypes: ReadonlySet<string> = new Set([
  'audio',
  'embedding',
  'embeddings',
  'image',
  'moderation',
  'rerank',
  'transcribe',
  'video',
]);

function writesText(entry: JsonObject): boolean {
  return !otherTypes.has(stringAt(entry, 'type') ?? '') && !otherTypes.has(stringAt(entry, 'mode') ?? '');
}
