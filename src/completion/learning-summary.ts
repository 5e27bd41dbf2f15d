import type { EvidenceAmount, EvidenceCounter, EvidenceLatency } from '../llm/completion-evidence.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import { quantile } from '../util/log-histogram.ts';

/** What is known of a model's completions, or of those in one language. */
export interface Evidence {
  readonly model: ModelRef;
  /** Absent: all languages. */
  readonly languageId?: string;
  readonly requests: number;
  readonly shown: number;
  readonly accepted: number;
  readonly typedThrough: number;
  readonly dismissed: { readonly escape: number; readonly typedOther: number; readonly movedAway: number };
  /** Of accepted texts, how much stood there 30 seconds later: from 0 to 1. */
  readonly kept?: { readonly share: number; readonly checked: number };
  readonly firstText?: Percentiles;
  readonly total?: Percentiles;
  /** US dollars; absent = no price is known. */
  readonly cost?: { readonly sum: number; readonly per100Shown?: number; readonly about: boolean };
  readonly tokens: { readonly input: number; readonly cached: number; readonly output: number };
}

/** Milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

/** One for each model over all languages. */
export function byModel(amounts: readonly EvidenceAmount[]): ReadonlyMap<ModelRef, Evidence> {
  const groups = Map.groupBy(amounts, ({ model }) => model);
  return new Map([...groups].map(([model, own]) => [model, { model, ...evidenceOf(own) }]));
}

/** One for each model and language, what was shown most first. */
export function byLanguage(amounts: readonly EvidenceAmount[]): readonly Evidence[] {
  const groups = Map.groupBy(amounts, ({ model, languageId }) => JSON.stringify([model, languageId]));
  return [...groups.values()]
    .flatMap((own) => (own[0] ? [{ model: own[0].model, languageId: own[0].languageId, ...evidenceOf(own) }] : []))
    .toSorted((one, other) => other.shown - one.shown || one.model.localeCompare(other.model));
}

function evidenceOf(amounts: readonly EvidenceAmount[]): Omit<Evidence, 'model' | 'languageId'> {
  const sum = (counter: EvidenceCounter): number =>
    amounts.reduce((total, { name, amount }) => (name === counter ? total + amount : total), 0);
  const shown = sum('shown');
  const checked = sum('checked');
  const firstText = percentiles(amounts, 'first-text');
  const total = percentiles(amounts, 'total');
  const cost = costOf(sum, shown);
  return {
    requests: sum('requests'),
    shown,
    accepted: sum('accepted'),
    typedThrough: sum('typed-through'),
    dismissed: {
      escape: sum('dismissed-escape'),
      typedOther: sum('dismissed-typed-other'),
      movedAway: sum('dismissed-moved-away'),
    },
    ...(checked > 0 && { kept: { share: sum('kept') / checked, checked } }),
    ...(firstText && { firstText }),
    ...(total && { total }),
    ...(cost && { cost }),
    tokens: { input: sum('input-tokens'), cached: sum('cached-tokens'), output: sum('output-tokens') },
  };
}

/** A request that was cut off tells no cost, and is paid for: it counts as much as the others. */
function costOf(sum: (counter: EvidenceCounter) => number, shown: number): Evidence['cost'] {
  const priced = sum('priced');
  const paid = sum('requests') - sum('failed');
  if (priced === 0) return undefined;
  const all = (sum('cost') * Math.max(paid, priced)) / priced;
  return {
    sum: all,
    ...(shown > 0 && { per100Shown: (all / shown) * 100 }),
    about: priced < paid || sum('cost-guessed') > 0,
  };
}

function percentiles(amounts: readonly EvidenceAmount[], latency: EvidenceLatency): Percentiles | undefined {
  const counts = new Map<number, number>();
  for (const { name, amount } of amounts) {
    const [kind, bucket] = name.split(':');
    if (kind === latency) counts.set(Number(bucket), (counts.get(Number(bucket)) ?? 0) + amount);
  }
  const [p50, p95] = [quantile(counts, 0.5), quantile(counts, 0.95)];
  return p50 === undefined || p95 === undefined ? undefined : { p50, p95 };
}
