import type { ListedModel } from '../llm/vendor.ts';
import { isObject, parseJson } from '../util/json.ts';
import type { OpenDatabase } from './database.ts';
import { whenFree } from './when-free.ts';

/** For another window's write. */
const patienceMs = 5000;

/** What each provider's endpoint last said it has, so that pickers and limits do not wait for the network. */
export class ModelLists {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  /** `origin` is where the list came from; another origin later makes it void. */
  async save(provider: string, origin: string, models: readonly ListedModel[], at: number): Promise<void> {
    const database = await this.#open();
    await whenFree(database, patienceMs, () =>
      database
        .prepare(
          `insert into model_lists (provider, origin, listed_at, models) values (?, ?, ?, ?)
         on conflict (provider) do update set origin = excluded.origin, listed_at = excluded.listed_at,
           models = excluded.models`,
        )
        .run(provider, origin, at, JSON.stringify(models)),
    );
  }

  async load(
    provider: string,
    origin: string,
  ): Promise<{ readonly at: number; readonly models: readonly ListedModel[] } | undefined> {
    const database = await this.#open();
    const row = database.prepare('select * from model_lists where provider = ? and origin = ?').get(provider, origin);
    if (!row) return undefined;
    const models = parseJson(String(row['models']));
    return {
      at: Number(row['listed_at']),
      models: Array.isArray(models) ? models.filter(isListedModel) : [],
    };
  }

  async remove(provider: string): Promise<void> {
    const database = await this.#open();
    await whenFree(database, patienceMs, () =>
      database.prepare('delete from model_lists where provider = ?').run(provider),
    );
  }
}

function isListedModel(value: unknown): value is ListedModel {
  return isObject(value) && typeof value['id'] === 'string' && isObject(value['facts']);
}
