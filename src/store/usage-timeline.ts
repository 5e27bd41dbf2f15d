import type { DatabaseSync } from 'node:sqlite';
import { letOthersRun } from '../util/let-others-run.ts';
import { type PieceUnit, pieceName, pieceStarts, pieceUnit } from './usage-pieces.ts';
import { conditionsOf, type UsageFilter } from './usage-report.ts';
import { wellEnded } from './usage-row.ts';

/** What was used, piece by piece of the time, and in each model by model. */
export interface UsageTimeline {
  readonly unit: PieceUnit;
  /** The models with a series of their own, the weightiest first. */
  readonly models: readonly string[];
  /** The empty ones too, oldest first. */
  readonly pieces: readonly TimelinePiece[];
}

export interface TimelinePiece {
  /** The local date and hour it begins with: `2026-11-23T14`. */
  readonly from: string;
  /** One for each of `models`, then one for all other models. */
  readonly series: readonly SeriesSums[];
  /** Absent: no request is over. */
  readonly errorRate?: number;
  /** Absent: no endpoint counted its cache. */
  readonly cacheHitRate?: number;
}

export interface SeriesSums {
  readonly requests: number;
  readonly cost: number;
  /** In and out. */
  readonly tokens: number;
}

/** As many as a theme has colours for charts. */
const mostSeries = 6;

/** Summed by SQLite in quarters of an hour, with which every time zone's hours and days begin. `now` ends the last piece. */
export async function usageTimeline(database: DatabaseSync, filter: UsageFilter, now: number): Promise<UsageTimeline> {
  const rows = await quarters(database, filter, now);
  const from = filter.from ?? Math.min(now, ...rows.slice(0, 1).map(({ at }) => at));
  const until = filter.until ?? now + 1;
  const unit = pieceUnit(from, until);
  const models = weightiest(rows);
  const starts = pieceStarts(unit, from, until);
  const pieces = starts.map(() => new Piece(models.length + 1));
  const seriesOf = new Map(models.map((model, index) => [model, index]));
  let piece = 0;
  for (const row of rows) {
    while (row.at >= (starts[piece + 1] ?? Number.POSITIVE_INFINITY)) piece++;
    pieces[piece]?.add(row, seriesOf.get(row.model) ?? models.length);
  }
  return {
    unit,
    models,
    pieces: pieces.map((sums, index) => ({ from: pieceName(starts[index] ?? 0), ...sums.read() })),
  };
}

interface Quarter extends SeriesSums {
  readonly at: number;
  readonly model: string;
  readonly over: number;
  readonly failed: number;
  readonly cached: number;
  readonly cacheable: number;
}

const quarterMs = 900_000;
/** About a week: a completion must not wait until two years are summed. */
const quartersAtOnce = 700;

/** Oldest first. */
async function quarters(database: DatabaseSync, filter: UsageFilter, now: number): Promise<readonly Quarter[]> {
  const { where, values } = conditionsOf(filter);
  const fine = [...wellEnded];
  const [first] = database.prepare(`select min(at) as at from usage where ${where}`).all(...values);
  const statement = database.prepare(
    `select at / ${quarterMs} * ${quarterMs} as at, model, count(*) as requests, total(cost) as cost,
       total(input_tokens) + total(output_tokens) as tokens, total(outcome <> 'pending') as over,
       total(outcome not in (${fine.map(() => '?').join(', ')})) as failed, total(cached_tokens) as cached,
       total(iif(cached_tokens is null, 0, input_tokens)) as cacheable
     from usage where ${where} and at >= ? and at < ? group by 1, 2 order by 1`,
  );
  const all: Quarter[] = [];
  let from = Math.floor(Number(first?.['at'] ?? now) / quarterMs) * quarterMs;
  for (; from <= now; from += quartersAtOnce * quarterMs) {
    if (all.length > 0) await letOthersRun();
    const rows = statement.all(...fine, ...values, from, from + quartersAtOnce * quarterMs);
    all.push(...rows.map(readQuarter));
  }
  return all;
}

function readQuarter(row: Readonly<Record<string, unknown>>): Quarter {
  return {
    at: Number(row['at']),
    model: String(row['model']),
    requests: Number(row['requests']),
    cost: Number(row['cost']),
    tokens: Number(row['tokens']),
    over: Number(row['over']),
    failed: Number(row['failed']),
    cached: Number(row['cached']),
    cacheable: Number(row['cacheable']),
  };
}

/** Those with the largest share of anything: what costs most is seldom what is asked most. */
function weightiest(rows: readonly Quarter[]): readonly string[] {
  const sums = new Map<string, SeriesSums>();
  for (const row of rows) sums.set(row.model, plus(sums.get(row.model) ?? nothing, row));
  const all = [...sums.values()].reduce(plus, nothing);
  const weight = ({ requests, cost, tokens }: SeriesSums): number =>
    Math.max(requests / all.requests, cost / (all.cost || 1), tokens / (all.tokens || 1));
  return [...sums]
    .map(([model, of]) => ({ model, weight: weight(of) }))
    .sort((one, other) => other.weight - one.weight || one.model.localeCompare(other.model))
    .slice(0, mostSeries)
    .map(({ model }) => model);
}

const nothing: SeriesSums = { requests: 0, cost: 0, tokens: 0 };

function plus(one: SeriesSums, other: SeriesSums): SeriesSums {
  return {
    requests: one.requests + other.requests,
    cost: one.cost + other.cost,
    tokens: one.tokens + other.tokens,
  };
}

class Piece {
  readonly #series: SeriesSums[];
  #over = 0;
  #failed = 0;
  #cached = 0;
  #cacheable = 0;

  constructor(series: number) {
    this.#series = Array.from({ length: series }, () => nothing);
  }

  add(row: Quarter, series: number): void {
    this.#series[series] = plus(this.#series[series] ?? nothing, row);
    this.#over += row.over;
    this.#failed += row.failed;
    this.#cached += row.cached;
    this.#cacheable += row.cacheable;
  }

  read(): Omit<TimelinePiece, 'from'> {
    return {
      series: this.#series,
      ...(this.#over > 0 && { errorRate: this.#failed / this.#over }),
      ...(this.#cacheable > 0 && { cacheHitRate: this.#cached / this.#cacheable }),
    };
  }
}
