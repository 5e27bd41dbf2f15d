import * as l10n from '@vscode/l10n';
import type { Price } from '../llm/model-facts.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import { costOf } from '../models/cost.ts';
import { twoDigits } from '../util/in-language.ts';
import {
  type AutoDecision,
  type Criterion,
  criteria,
  type Excluded,
  type Held,
  type Scored,
  type Weights,
} from './auto-decision.ts';
import type { Needs } from './auto-needs.ts';
import { becauseOf } from './auto-words.ts';

/** A model of the user's list, and what is known of it. Absent = unknown. */
export interface Candidate {
  readonly ref: ModelRef;
  readonly local: boolean;
  readonly price?: Price;
  readonly contextWindow?: number;
  readonly images?: boolean;
  readonly tools?: boolean;
  /** The user's own judgement, from 0 to 1. */
  readonly rating?: number;
  readonly shown?: Shown;
  readonly held?: Held;
  /** Why it cannot be asked at all, e.g. for want of a key. */
  readonly unavailable?: string;
}

/** What a model has shown on this machine. */
export interface Shown {
  readonly requests: number;
  readonly failed: number;
  /** Median until the first token. */
  readonly firstTokenMs?: number;
  readonly completions?: { readonly shown: number; readonly accepted: number };
  /** Comparisons side by side. */
  readonly votes?: { readonly won: number; readonly lost: number };
}

export interface AutoInput {
  /** In the user's order, which decides between equals. */
  readonly candidates: readonly Candidate[];
  readonly needs: Needs;
  readonly weights: Weights;
  /** US dollars; absent = no limit. */
  readonly budgetLeft?: number;
  /** The model this chat was answered by: its vendor has the conversation in its cache. */
  readonly current?: ModelRef;
  /** Milliseconds since 1970, for times of day. */
  readonly now: number;
}

/** A chat leaves its model only for one that is better by this much. */
const margin = 0.1;
/** So many requests of the usual kind stand beside what was seen, so that one failure or one luck does not decide. */
const prior = 5;
/** What counts as a middling price and a middling wait: half a point. */
const middling = {
  chat: { dollars: 0.01, firstTokenMs: 1500 },
  completion: { dollars: 0.0005, firstTokenMs: 400 },
} as const;

/** Which of the user's models serve best, and why. The same input gives the same answer. */
export function chooseAuto(input: AutoInput): AutoDecision {
  const { candidates, needs, weights, current } = input;
  const excluded = candidates.flatMap((candidate): readonly Excluded[] => {
    const because = cannot(candidate, input);
    return because === undefined ? [] : [{ ref: candidate.ref, because }];
  });
  const out = new Set(excluded.map(({ ref }) => ref));
  const scored = candidates
    .filter(({ ref }) => !out.has(ref))
    .map((candidate) => score(candidate, needs, weights))
    // Sorting is stable: equals keep the user's order.
    .toSorted(
      (one, other) => Number(one.held !== undefined) - Number(other.held !== undefined) || other.total - one.total,
    );
  const [best] = scored;
  const kept = scored.find(({ ref, held }) => ref === current && !held);
  const stays = kept !== undefined && best !== undefined && kept !== best && kept.total >= best.total - margin;
  const ranked = stays ? [kept, ...scored.filter((one) => one !== kept)] : scored;
  return { ranked, excluded, weights, needs, because: becauseOf({ ranked, excluded, weights }, stays, input.now) };
}

/** Why it cannot serve this request; undefined = it can. Unknown is not "no". */
function cannot(candidate: Candidate, { needs, budgetLeft }: AutoInput): string | undefined {
  const { unavailable, contextWindow, images, tools } = candidate;
  if (unavailable !== undefined) return unavailable;
  if (needs.images && images === false) return l10n.t('takes no images');
  if (needs.tools && tools === false) return l10n.t('uses no tools');
  if (contextWindow !== undefined && needs.inputTokens + needs.outputTokens > contextWindow) {
    return l10n.t(
      'reads {0} tokens at once, and about {1} are needed',
      contextWindow,
      needs.inputTokens + needs.outputTokens,
    );
  }
  const cost = costFor(candidate, needs);
  if (budgetLeft !== undefined && cost !== undefined && cost > budgetLeft) {
    return l10n.t('would take about {0}, and {1} of the budget is left', twoDigits(cost), twoDigits(budgetLeft));
  }
  return undefined;
}

function score(candidate: Candidate, needs: Needs, weights: Weights): Scored {
  const { ref, local, shown, held } = candidate;
  const cost = costFor(candidate, needs);
  const usual = middling[needs.kind];
  const scores: Record<Criterion, number> = {
    quality: qualityOf(candidate),
    cost: cost === undefined ? 0.3 : usual.dollars / (usual.dollars + cost),
    latency: shown?.firstTokenMs === undefined ? 0.5 : usual.firstTokenMs / (usual.firstTokenMs + shown.firstTokenMs),
    privacy: local ? 1 : 0,
  };
  const whole = criteria.reduce((sum, name) => sum + weights[name], 0);
  const mean = criteria.reduce((sum, name) => sum + weights[name] * scores[name], 0) / (whole || 1);
  return {
    ref,
    total: Math.min(1, mean * reliability(shown)),
    scores,
    ...(cost !== undefined && { cost }),
    ...(shown?.firstTokenMs !== undefined && { firstTokenMs: shown.firstTokenMs }),
    ...(held && { held }),
  };
}

/** The user's word; else what he took and voted for; else a guess by price, as weak as guesses are. */
function qualityOf({ rating, shown, price, local }: Candidate): number {
  if (rating !== undefined) return rating;
  const guess =
    price && price.output > 0 ? Math.min(0.75, 0.45 + 0.1 * Math.log10(1 + price.output)) : local ? 0.4 : 0.5;
  const { completions, votes } = shown ?? {};
  // A third of what is shown being taken is as good as it gets for most.
  const taken = completions ? Math.min(completions.shown, completions.accepted * 2) : 0;
  const good = guess * prior + taken + (votes?.won ?? 0);
  return good / (prior + (completions?.shown ?? 0) + (votes ? votes.won + votes.lost : 0));
}

/** From 1 (never failed) to a half. */
function reliability(shown: Shown | undefined): number {
  return shown ? 1 - (0.5 * Math.min(shown.failed, shown.requests)) / (shown.requests + prior) : 1;
}

function costFor({ price, local }: Candidate, { inputTokens, outputTokens }: Needs): number | undefined {
  if (price) return costOf({ input: inputTokens, output: outputTokens }, price);
  return local ? 0 : undefined;
}
