import type { DatabaseSync } from 'node:sqlite';
import { type EvidenceAmount, isEvidenceName, type WeeklyEvidence } from '../llm/completion-evidence.ts';
import { isModelRef } from '../llm/model-ref.ts';
import type { OpenDatabase } from './database.ts';
import { whenFree } from './when-free.ts';

/** A developer's habits and the models change: what is older no longer counts. */
const weeksKept = 12;
/** Far above twelve weeks of several models in many languages. */
const mostRows = 20_000;
/** For another window's write. */
const patienceMs = 5000;

/** What Tutti counted of each model's completions in the last weeks; all windows add to it. */
export class CompletionEvidence {
  readonly #open: OpenDatabase;
  #prunedIn: number | undefined;

  constructor(open: OpenDatabase) {
    this.#open = open;
  }

  /** Adds all or, when it rejects, nothing. `week`: the present one; what is too old for it is forgotten. */
  async add(additions: readonly WeeklyEvidence[], week: number): Promise<void> {
    const database = await this.#open();
    const insert = database.prepare(
      `insert into completion_evidence (week, model, language, name, amount) values (?, ?, ?, ?, ?)
       on conflict (week, model, language, name) do update set amount = amount + excluded.amount`,
    );
    await whenFree(database, patienceMs, () => {
      for (const { week, model, languageId, name, amount } of additions)
        insert.run(week, model, languageId, name, amount);
      if (this.#prunedIn !== week) prune(database, week);
    });
    this.#prunedIn = week;
  }

  /** The sums of the weeks that count at `week`. */
  async sums(week: number): Promise<readonly EvidenceAmount[]> {
    const rows = (await this.#open())
      .prepare(
        `select model, language, name, sum(amount) as amount from completion_evidence
         where week > ? group by model, language, name`,
      )
      .all(week - weeksKept);
    return rows.flatMap((row) => {
      const [model, name] = [row['model'], String(row['name'])];
      // A newer Tutti may count more.
      if (!isModelRef(model) || !isEvidenceName(name)) return [];
      return [{ model, languageId: String(row['language']), name, amount: Number(row['amount']) }];
    });
  }
}

/** Once a week and window is enough: a week adds some hundred rows. */
function prune(database: DatabaseSync, week: number): void {
  const remove = database.prepare('delete from completion_evidence where week <= ?');
  remove.run(week - weeksKept);
  const rowsUpTo = database
    .prepare('select week, count(*) as count from completion_evidence group by week order by week desc')
    .all();
  let rows = 0;
  const full = rowsUpTo.find((row) => {
    rows += Number(row['count']);
    return rows > mostRows;
  });
  if (full && Number(full['week']) < week) remove.run(Number(full['week']));
}
