import type { Endpoint } from '../llm/endpoint.ts';
import type { ModelFacts } from '../llm/model-facts.ts';
import type { ListedModel } from '../llm/vendor.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../util/json.ts';
import { ollamaUrl } from './base-url.ts';
import { type AskForJson, entriesOf } from './list-entries.ts';
import { known } from './listed-facts.ts';
import { RequestFailed } from './request-failed.ts';

/** So many models are asked about at once. */
const atOnce = 8;

/** Ollama's models, each asked what it can; those that only make vectors are passed over. */
export async function listOllama({ baseUrl }: Endpoint, ask: AskForJson): Promise<readonly ListedModel[]> {
  const url = new URL('/api/tags', baseUrl).href;
  const entries = entriesOf(await ask(url), url, 'models');
  const running = await runningContexts(baseUrl, ask);
  const models: ListedModel[] = [];
  for (let start = 0; start < entries.length; start += atOnce) {
    const some = entries.slice(start, start + atOnce);
    models.push(...(await Promise.all(some.map((entry) => modelOf(entry, running, baseUrl, ask)))).flat());
  }
  return models;
}

async function modelOf(
  entry: unknown,
  running: ReadonlyMap<string, number>,
  baseUrl: string,
  ask: AskForJson,
): Promise<readonly ListedModel[]> {
  const id = stringAt(entry, 'model') ?? stringAt(entry, 'name') ?? '';
  if (id === '') return [];
  const shown = await show(id, baseUrl, ask);
  const capabilities = arrayAt(shown, 'capabilities');
  if (capabilities.length > 0 && !capabilities.includes('completion')) return [];
  const contextWindow = running.get(id) ?? ownContext(shown);
  const size = known({ fileBytes: numberAt(entry, 'size') });
  return [{ id, facts: { ...size, ...factsOf(shown, capabilities), ...known({ contextWindow }) } }];
}

/** What is set aside for the models in memory: less, mostly, than they were trained on. */
async function runningContexts(baseUrl: string, ask: AskForJson): Promise<ReadonlyMap<string, number>> {
  try {
    const models = arrayAt(await ask(ollamaUrl(baseUrl, 'ps')), 'models');
    return new Map(
      models.flatMap((model): [string, number][] => {
        const id = stringAt(model, 'model') ?? stringAt(model, 'name');
        const context = numberAt(model, 'context_length');
        return id === undefined || context === undefined ? [] : [[id, context]];
      }),
    );
  } catch (error) {
    // Older versions do not tell it.
    if (error instanceof RequestFailed) return new Map();
    throw error;
  }
}

/** What the model's own file says it is to be run with. */
function ownContext(shown: unknown): number | undefined {
  const line = /^num_ctx\s+(\d+)/m.exec(stringAt(shown, 'parameters') ?? '');
  return line ? Number(line[1]) : undefined;
}

async function show(model: string, baseUrl: string, ask: AskForJson): Promise<unknown> {
  try {
    return await ask(new URL('/api/show', baseUrl).href, { body: { model } });
  } catch (error) {
    // One broken model must not hide the others.
    if (error instanceof RequestFailed) return undefined;
    throw error;
  }
}

function factsOf(shown: unknown, capabilities: readonly unknown[]): ModelFacts {
  const info = objectAt(shown, 'model_info');
  const architecture = stringAt(info, 'general.architecture') ?? '';
  const told = capabilities.length > 0;
  return known({
    contextWindow: numberAt(info, `${architecture}.context_length`),
    tools: told ? capabilities.includes('tools') : undefined,
    images: told ? capabilities.includes('vision') : undefined,
    reasoningEfforts: told && !capabilities.includes('thinking') ? [] : undefined,
    fim: told ? (capabilities.includes('insert') ? 'infill' : 'chat') : undefined,
  });
}
