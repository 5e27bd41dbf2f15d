import type { Evidence, Percentiles } from './learning-summary.ts';

/** Fewer suggestions say nothing about a model. */
const enoughShown = 10;

/** One line for pickers, e.g. "42 % of 118 accepted · 0.3 s / 0.9 s · $0.12 per 100 · 91 % kept". */
export function describeEvidence(evidence: Evidence): string {
  const { shown, accepted, firstText, kept } = evidence;
  if (shown === 0) return '';
  if (shown < enoughShown) return `${shown} shown, too few to judge yet`;
  return [
    `${describeShare(accepted / shown)} of ${shown} accepted`,
    firstText ? describePercentiles(firstText) : '',
    describeCostPer100(evidence),
    kept ? `${describeShare(kept.share)} kept` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** US dollars for 100 suggestions shown; empty where no price is known. */
export function describeCostPer100({ cost }: Evidence): string {
  if (cost?.per100Shown === undefined) return '';
  if (cost.per100Shown === 0) return 'free';
  const about = cost.about ? '≈ ' : '';
  return cost.per100Shown < 0.005 ? 'under $0.01 per 100' : `${about}$${cost.per100Shown.toFixed(2)} per 100`;
}

/** Half of all were there by the first time, 95 of 100 by the second. */
export function describePercentiles({ p50, p95 }: Percentiles): string {
  return `${describeTime(p50)} / ${describeTime(p95)}`;
}

/** Two digits are all that is known of it. */
function describeTime(milliseconds: number): string {
  if (milliseconds < 95) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

export function describeShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}
