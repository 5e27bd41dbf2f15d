import type { Endpoint } from '../llm/endpoint.ts';
import type { HttpList, ListedModel } from '../llm/vendor.ts';
import { arrayAt, isObject, stringAt } from '../util/json.ts';
import { defaultAnthropicVersion } from './anthropic-messages.ts';
import { anthropicUrl, openaiUrl } from './base-url.ts';
import { listDocker } from './list-docker.ts';
import { type AskForJson, entriesOf, type ListReader, modelsOf, orElse } from './list-entries.ts';
import { listLlamacpp } from './list-llamacpp.ts';
import { listOllama } from './list-ollama.ts';
import { anthropicFacts, openaiFacts } from './listed-facts.ts';
import {
  deploymentFacts,
  earlierLmstudioFacts,
  geminiFacts,
  litellmFacts,
  lmstudioFacts,
  xaiFacts,
} from './own-list-facts.ts';

/** A list that is one page at one place. */
function onePage(
  urlOf: (baseUrl: string) => string,
  fields: readonly string[],
  ...reading: Parameters<typeof modelsOf> extends [unknown, ...infer Rest] ? Rest : never
): ListReader {
  return async ({ baseUrl }, ask) => {
    const url = urlOf(baseUrl);
    return modelsOf(entriesOf(await ask(url), url, ...fields), ...reading);
  };
}

/** What an address has that speaks like OpenAI: `{data: […]}` at most, `{models: […]}` or a bare list at some. */
const listOpenai = onePage((base) => openaiUrl(base, 'models'), ['data', 'models'], openaiFacts);

/** One for each form in which vendors tell their models. */
export const listReaders: Readonly<Record<HttpList, ListReader>> = {
  openai: listOpenai,
  anthropic: listAnthropic,
  gemini: listGemini,
  // xAI has a list of its own that says what its models read and cost.
  xai: orElse(
    onePage((base) => openaiUrl(base, 'language-models'), ['models', 'data'], xaiFacts),
    listOpenai,
  ),
  // What the user has deployed under names of his own; only this older version of the API tells it.
  azure: orElse(
    onePage((base) => below(base, '/openai/deployments?api-version=2023-03-15-preview'), ['data'], deploymentFacts),
    listOpenai,
  ),
  litellm: orElse(
    onePage(
      (base) => below(base, '/model/info'),
      ['data'],
      litellmFacts,
      (entry) => stringAt(entry, 'model_name'),
    ),
    listOpenai,
  ),
  lmstudio: orElse(
    onePage(
      (base) => below(base, '/api/v1/models'),
      ['models'],
      lmstudioFacts,
      (entry) => stringAt(entry, 'key'),
    ),
    orElse(
      onePage((base) => below(base, '/api/v0/models'), ['data'], earlierLmstudioFacts),
      listOpenai,
    ),
  ),
  ollama: listOllama,
  llamacpp: listLlamacpp(listOpenai),
  docker: listDocker(listOpenai),
};

const mostPages = 20;

async function listAnthropic({ baseUrl, quirks }: Endpoint, ask: AskForJson): Promise<readonly ListedModel[]> {
  const first = withQuery(anthropicUrl(baseUrl, 'models'), 'limit', '1000');
  const headers = { 'anthropic-version': quirks.anthropicVersion ?? defaultAnthropicVersion };
  const entries: unknown[] = [];
  let url: string | undefined = first;
  for (let page = 0; url !== undefined && page < mostPages; page++) {
    const answer = await ask(url, { headers });
    entries.push(...entriesOf(answer, url, 'data', 'models'));
    const lastId = stringAt(answer, 'last_id');
    const hasMore = isObject(answer) && answer['has_more'] === true && lastId !== undefined;
    url = hasMore ? withQuery(first, 'after_id', lastId) : undefined;
  }
  return modelsOf(entries, anthropicFacts);
}

async function listGemini({ baseUrl }: Endpoint, ask: AskForJson): Promise<readonly ListedModel[]> {
  const first = withQuery(`${baseUrl}/models`, 'pageSize', '1000');
  const entries: unknown[] = [];
  let url: string | undefined = first;
  for (let page = 0; url !== undefined && page < mostPages; page++) {
    const answer = await ask(url);
    entries.push(...entriesOf(answer, url, 'models'));
    const next = stringAt(answer, 'nextPageToken') ?? '';
    url = next === '' ? undefined : withQuery(first, 'pageToken', next);
  }
  const writers = entries.filter((entry) => {
    const methods = arrayAt(entry, 'supportedGenerationMethods');
    return methods.length === 0 || methods.includes('generateContent');
  });
  return modelsOf(writers, geminiFacts, (entry) => stringAt(entry, 'name')?.replace(/^models\//, ''));
}

/** A place of the server's own, from the origin on. */
function below(baseUrl: string, path: string): string {
  return new URL(path, baseUrl).href;
}

function withQuery(url: string, name: string, value: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set(name, value);
  return parsed.href;
}
