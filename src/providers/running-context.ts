import type { Model } from '../llm/model.ts';
import type { ChatProtocol } from '../llm/model-facts.ts';
import { arrayAt, numberAt, stringAt } from '../util/json.ts';
import { ollamaUrl } from './base-url.ts';
import type { Http } from './http.ts';
import type { AskForJson } from './list-entries.ts';
import { askWith } from './list-models.ts';
import { keptAlive } from './ollama-options.ts';
import { RequestFailed } from './request-failed.ts';

type ContextReader = (model: Model, ask: AskForJson) => Promise<number | undefined>;

/** Servers that run a model with less than its whole window, and cut what does not fit without a word. */
const readers: Readonly<Partial<Record<ChatProtocol, ContextReader>>> = { 'ollama-chat': ollamaContext };

/** Tokens the server has really set aside for the model; undefined where it is not known to differ from the window. Never throws. */
export async function runningContext(http: Http, model: Model, signal: AbortSignal): Promise<number | undefined> {
  const read = model.chat && readers[model.chat];
  if (!read) return undefined;
  try {
    return await read(model, askWith(http, model.endpoint, signal));
  } catch (error) {
    // The request that follows will say what is wrong with the server.
    if (error instanceof RequestFailed || signal.aborted) return undefined;
    throw error;
  }
}

/** A model that is not in memory yet is loaded, as the request that follows would do. */
async function ollamaContext({ id, endpoint }: Model, ask: AskForJson): Promise<number | undefined> {
  const { baseUrl } = endpoint;
  const running = async (): Promise<unknown> => {
    const models = arrayAt(await ask(ollamaUrl(baseUrl, 'ps')), 'models');
    return models.find((model) => [id, `${id}:latest`].includes(stringAt(model, 'model') ?? ''));
  };
  let found = await running();
  if (found === undefined) {
    await ask(ollamaUrl(baseUrl, 'generate'), { body: { model: id, stream: false, ...keptAlive(endpoint) } });
    found = await running();
  }
  return numberAt(found, 'context_length');
}
