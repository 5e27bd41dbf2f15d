import { arrayAt, numberAt, objectAt } from '../util/json.ts';
import { entriesOf, type ListReader } from './list-entries.ts';
import { known } from './listed-facts.ts';
import { RequestFailed } from './request-failed.ts';

/** What `listed` says, and what Docker's own list of the same models says of the context each is run with. */
export function listDocker(listed: ListReader): ListReader {
  return async (endpoint, ask) => {
    const models = await listed(endpoint, ask);
    const contexts = new Map<string, number>();
    for (const entry of await ownList(new URL('/models', endpoint.baseUrl).href, ask)) {
      const context = numberAt(objectAt(entry, 'config'), 'context_size');
      if (context === undefined) continue;
      for (const tag of arrayAt(entry, 'tags')) if (typeof tag === 'string') contexts.set(plain(tag), context);
    }
    return models.map(({ id, facts }) => ({
      id,
      facts: { ...facts, ...known({ contextWindow: contexts.get(plain(id)) }) },
    }));
  };
}

/** Names are told with and without their registry and the usual tag. */
const plain = (name: string): string => name.replace(/^docker\.io\//, '').replace(/:latest$/, '');

async function ownList(url: string, ask: Parameters<ListReader>[1]): Promise<readonly unknown[]> {
  try {
    return entriesOf(await ask(url), url, 'data', 'models');
  } catch (error) {
    // It stands beside the engine and is not always shown; the models are there all the same.
    if (error instanceof RequestFailed) return [];
    throw error;
  }
}
