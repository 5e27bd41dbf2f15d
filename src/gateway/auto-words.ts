import { clockTime } from '../util/clock-time.ts';
import type { AutoDecision, Criterion, Scored, Weights } from './auto-decision.ts';

/** Why the first of the ranked was chosen, in one line: what it has over the next, or that there was no other. */
export function becauseOf(
  { ranked, excluded, weights }: Pick<AutoDecision, 'ranked' | 'excluded' | 'weights'>,
  stays: boolean,
  now: number,
): string {
  const [best, next] = ranked;
  const others = excluded.map(({ ref, because }) => `${ref} ${because}`);
  if (!best) return ['none of the models can serve', ...others].join('; ');
  const held = ranked.filter((one) => one.held && one !== best).map((one) => `${one.ref} ${wordHeld(one, now)}`);
  if (best.held) return [`all others are held back, too; ${wordHeld(best, now)}`, ...others].join('; ');
  if (stays) return ['it has this chat in its cache, and none is much better', ...held, ...others].join('; ');
  const rival = next && !next.held ? next : undefined;
  const reasons = rival
    ? advantages(best, rival, weights)
    : [ranked.length > 1 || others.length > 0 ? 'the only one that can serve now' : 'the only one in the list'];
  return [reasons.join(', '), ...held, ...others].join('; ');
}

/** Where it is ahead of the next, what weighs most first. */
function advantages(best: Scored, next: Scored, weights: Weights): readonly string[] {
  const ahead = (Object.keys(best.scores) as readonly Criterion[])
    .map((name) => ({ name, by: weights[name] * (best.scores[name] - next.scores[name]) }))
    .filter(({ by }) => by > 0.005)
    .toSorted((one, other) => other.by - one.by)
    .slice(0, 2);
  if (ahead.length === 0)
    return [
      best.total - next.total > 0.005
        ? `failed less often than ${next.ref}`
        : `as good as ${next.ref}, and before it in the list`,
    ];
  return ahead.map(({ name }) => `${words[name](best, next)} than ${next.ref}`);
}

const words: Readonly<Record<Criterion, (best: Scored, next: Scored) => string>> = {
  quality: (best, next) => `better (${best.scores.quality.toFixed(2)}, not ${next.scores.quality.toFixed(2)})`,
  cost: (best, next) => `cheaper (${dollars(best.cost)}, not ${dollars(next.cost)})`,
  latency: (best, next) => `quicker (${time(best.firstTokenMs)}, not ${time(next.firstTokenMs)})`,
  privacy: () => 'on this machine, more private',
};

function wordHeld({ held }: Scored, now: number): string {
  if (!held) return '';
  return held.until === undefined ? held.because : `${held.because} until ${clockTime(held.until, now)}`;
}

const dollars = (cost: number | undefined): string =>
  cost === undefined ? 'unknown price' : cost === 0 ? 'free' : `≈$${cost.toPrecision(2)}`;
const time = (ms: number | undefined): string => (ms === undefined ? 'unknown' : `${(ms / 1000).toFixed(1)} s`);
