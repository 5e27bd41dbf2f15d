import * as l10n from '@vscode/l10n';
import { clockTime } from '../util/clock-time.ts';
import { hundredths, tenths, twoDigits } from '../util/in-language.ts';
import type { AutoDecision, Criterion, Scored, Weights } from './auto-decision.ts';

/** Why the first of the ranked was chosen, in one line: what it has over the next, or that there was no other. */
export function becauseOf(
  { ranked, excluded, weights }: Pick<AutoDecision, 'ranked' | 'excluded' | 'weights'>,
  stays: boolean,
  now: number,
): string {
  const [best, next] = ranked;
  const others = excluded.map(({ ref, because }) => `${ref} ${because}`);
  if (!best) return [l10n.t('none of the models can serve'), ...others].join('; ');
  const held = ranked.filter((one) => one.held && one !== best).map((one) => `${one.ref} ${wordHeld(one, now)}`);
  if (best.held) return [l10n.t('all others are held back, too; {0}', wordHeld(best, now)), ...others].join('; ');
  if (stays) return [l10n.t('it has this chat in its cache, and none is much better'), ...held, ...others].join('; ');
  const rival = next && !next.held ? next : undefined;
  const reasons = rival
    ? advantages(best, rival, weights)
    : [
        ranked.length > 1 || others.length > 0
          ? l10n.t('the only one that can serve now')
          : l10n.t('the only one in the list'),
      ];
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
        ? l10n.t('failed less often than {0}', next.ref)
        : l10n.t('as good as {0}, and before it in the list', next.ref),
    ];
  return ahead.map(({ name }) => words[name](best, next));
}

const words: Readonly<Record<Criterion, (best: Scored, next: Scored) => string>> = {
  quality: (best, next) =>
    l10n.t(
      'better ({0}, not {1}) than {2}',
      hundredths(best.scores.quality),
      hundredths(next.scores.quality),
      next.ref,
    ),
  cost: (best, next) => l10n.t('cheaper ({0}, not {1}) than {2}', costWords(best.cost), costWords(next.cost), next.ref),
  latency: (best, next) =>
    l10n.t('quicker ({0}, not {1}) than {2}', time(best.firstTokenMs), time(next.firstTokenMs), next.ref),
  privacy: (_, next) => l10n.t('on this machine, more private than {0}', next.ref),
};

function wordHeld({ held }: Scored, now: number): string {
  if (!held) return '';
  return heldUntil(held, now);
}

/** e.g. "is overloaded until 14:32". */
export function heldUntil({ because, until }: NonNullable<Scored['held']>, now: number): string {
  return until === undefined ? because : l10n.t('{0} until {1}', because, clockTime(until, now));
}

/** What a request is thought to cost. */
export function costWords(cost: number | undefined): string {
  if (cost === undefined) return l10n.t('unknown price');
  return cost === 0 ? l10n.t('free') : `≈${twoDigits(cost)}`;
}

const time = (ms: number | undefined): string => (ms === undefined ? l10n.t('unknown') : `${tenths(ms / 1000)} s`);
