import type { ModelFacts } from '../llm/model-facts.ts';
import { booleanAt, numberAt, objectAt } from '../util/json.ts';
import { llamacppUrl } from './base-url.ts';
import type { AskForJson, ListReader } from './list-entries.ts';
import { known } from './listed-facts.ts';
import { RequestFailed } from './request-failed.ts';

/** What `listed` says, and what the server's properties say of the one model that it runs. */
export function listLlamacpp(listed: ListReader): ListReader {
  return async (endpoint, ask) => {
    const models = await listed(endpoint, ask);
    const [only] = models;
    if (only === undefined || models.length > 1) return models;
    return [
      { id: only.id, facts: { ...only.facts, ...(await properties(llamacppUrl(endpoint.baseUrl, 'props'), ask)) } },
    ];
  };
}

async function properties(url: string, ask: AskForJson): Promise<ModelFacts> {
  try {
    const answer = await ask(url);
    const settings = objectAt(answer, 'default_generation_settings');
    return known({
      // A request gets a slot's share of the context, not the whole.
      contextWindow: numberAt(settings, 'n_ctx'),
      images: booleanAt(objectAt(answer, 'modalities'), 'vision'),
    });
  } catch (error) {
    // Other servers that speak like OpenAI have no properties; the list is there all the same.
    if (error instanceof RequestFailed) return {};
    throw error;
  }
}
