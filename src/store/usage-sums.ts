import { isFailure, type UsageRow } from './usage-row.ts';

/** Sums over some requests. Latencies in milliseconds, money in US dollars. */
export interface UsageSums {
  readonly requests: number;
  /** Still under way: counted in `requests`, in nothing else. */
  readonly pending: number;
  readonly failed: number;
  /** Of those that are over. */
  readonly errorRate: number;
  readonly cost: number;
  /** Requests that are over whose price is not known: `cost` lacks them. */
  readonly unpriced: number;
  readonly input: number;
  readonly cached: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
  /** Requests whose tokens are Tutti's own estimate: sums with them are ≈. */
  readonly estimated: number;
  /** The share of the input that came from the vendor's cache, of requests whose endpoint counts it; absent = none does. */
  readonly cacheHitRate?: number;
  /** Of requests that said something. */
  readonly firstToken?: Latency;
  readonly total?: Latency;
}

export interface Latency {
  readonly p50: number;
  readonly p95: number;
}

/** Adds up rows, one after the other. */
export class UsageSummer {
  #requests = 0;
  #pending = 0;
  #failed = 0;
  #unpriced = 0;
  #estimated = 0;
  #cost = 0;
  #input = 0;
  #cached = 0;
  #cacheWrite = 0;
  #output = 0;
  #reasoning = 0;
  /** Input of requests whose endpoint counts its cache. */
  #cacheable = 0;
  readonly #firstTokens: number[] = [];
  readonly #totals: number[] = [];

  add(row: UsageRow): void {
    this.#requests++;
    if (row.outcome === 'pending') {
      this.#pending++;
      return;
    }
    if (isFailure(row)) this.#failed++;
    if (row.cost === undefined) this.#unpriced++;
    else this.#cost += row.cost;
    if (row.usage) this.#addTokens(row.usage);
    if (row.firstTokenMs === undefined) return;
    this.#firstTokens.push(row.firstTokenMs);
    this.#totals.push(row.totalMs);
  }

  sums(): UsageSums {
    const over = this.#requests - this.#pending;
    const firstToken = latencyOf(this.#firstTokens);
    const total = latencyOf(this.#totals);
    return {
      requests: this.#requests,
      pending: this.#pending,
      failed: this.#failed,
      errorRate: over === 0 ? 0 : this.#failed / over,
      cost: this.#cost,
      unpriced: this.#unpriced,
      input: this.#input,
      cached: this.#cached,
      cacheWrite: this.#cacheWrite,
      output: this.#output,
      reasoning: this.#reasoning,
      estimated: this.#estimated,
      ...(this.#cacheable > 0 && { cacheHitRate: this.#cached / this.#cacheable }),
      ...(firstToken && { firstToken }),
      ...(total && { total }),
    };
  }

  #addTokens(usage: NonNullable<UsageRow['usage']>): void {
    this.#input += usage.input;
    this.#cached += usage.cached ?? 0;
    this.#cacheWrite += usage.cacheWrite ?? 0;
    this.#output += usage.output;
    this.#reasoning += usage.reasoning ?? 0;
    if (usage.cached !== undefined) this.#cacheable += usage.input;
    if (usage.estimated) this.#estimated++;
  }
}

function latencyOf(times: readonly number[]): Latency | undefined {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number | undefined => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  const [p50, p95] = [at(0.5), at(0.95)];
  return p50 === undefined || p95 === undefined ? undefined : { p50, p95 };
}
