import type { OpenDatabase } from './database.ts';

/** Models and networks change: what they did weeks ago says little. */
const days = 14;
/** Of the latest chats; more change no median that matters. */
const mostRows = 2000;

/** The median time to the first token of each model that was chatted with lately, in milliseconds. */
export async function firstTokenTimes(open: OpenDatabase, now: number): Promise<ReadonlyMap<string, number>> {
  const database = await open();
  const rows = database
    .prepare(
      `select model, first_token_ms as ms from usage
        where at >= ? and role <> 'completion' and first_token_ms is not null order by at desc limit ?`,
    )
    .all(now - days * 24 * 3_600_000, mostRows);
  const times = Map.groupBy(rows, ({ model }) => String(model));
  return new Map([...times].map(([model, own]) => [model, median(own.map(({ ms }) => Number(ms)))]));
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor((times.length - 1) / 2)] ?? 0;
}
