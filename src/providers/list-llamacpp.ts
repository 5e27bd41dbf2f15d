import type { FimForm, ModelFacts } from '../llm/model-facts.ts';
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
    const told = await properties(llamacppUrl(endpoint.baseUrl, 'props'), ask);
    const fim = told && (await infill(llamacppUrl(endpoint.baseUrl, 'infill'), ask));
    return [{ id: only.id, facts: { ...only.facts, ...told, ...known({ fim }) } }];
  };
}

async function properties(url: string, ask: AskForJson): Promise<ModelFacts | undefined> {
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
    if (error instanceof RequestFailed) return undefined;
    throw error;
  }
}

/** Nothing to work on, and refused as such; but first the server looks whether the model could. */
const impossible = { input_prefix: '', input_suffix: '', input_extra: 0 } as const;

/** Whether the model's file has tokens for the middle: told by the reason of a refusal, so that it costs nothing. */
async function infill(url: string, ask: AskForJson): Promise<FimForm | undefined> {
  try {
    await ask(url, { body: impossible });
    return undefined;
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    const { status } = error.error;
    return status === undefined ? undefined : answers.get(status);
  }
}

/** 400: the request is wrong. 501: the tokens are missing. */
const answers: ReadonlyMap<number, FimForm> = new Map([
  [400, 'infill'],
  [501, 'chat'],
]);
