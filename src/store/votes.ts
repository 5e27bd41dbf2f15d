import { isModelRef } from '../llm/model-ref.ts';
import type { Vote, VoteSum } from '../llm/vote.ts';
import type { OpenDatabase } from './database.ts';

/** What users voted for in comparisons: who stood side by side, at which kind of task, and who was best. Never what was said. */
export class Votes {
  readonly #open: OpenDatabase;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  async add({ comparison, at, kind, models, best }: Vote): Promise<void> {
    const database = await this.#open();
    const insert = database.prepare(
      `insert into votes (comparison, model, at, kind, outcome) values (?, ?, ?, ?, ?)
       on conflict (comparison, model) do update set at = excluded.at, outcome = excluded.outcome`,
    );
    database.exec('begin immediate');
    try {
      for (const model of new Set(models)) {
        insert.run(comparison, model, at, kind, best === undefined ? 'tied' : best === model ? 'won' : 'lost');
      }
      database.exec('commit');
    } catch (error) {
      database.exec('rollback');
      throw error;
    }
  }

  /** By model and kind of task. */
  async sums(since = 0): Promise<readonly VoteSum[]> {
    const rows = (await this.#open())
      .prepare(
        `select model, kind, sum(outcome = 'won') as won, sum(outcome = 'tied') as tied, sum(outcome = 'lost') as lost
         from votes where at >= ? group by model, kind order by model, kind`,
      )
      .all(since);
    return rows.flatMap(({ model, kind, won, tied, lost }) =>
      isModelRef(model)
        ? [{ model, kind: String(kind), won: Number(won), tied: Number(tied), lost: Number(lost) }]
        : [],
    );
  }
}
