import * as l10n from '@vscode/l10n';
import type { Ability, ModelView } from '../../protocol/chat-view.ts';

/** What a row of the list says of a model, as short as can be. */
export function figuresOf({ contextWindow, price, firstTokenMs, kind, detail }: ModelView): readonly string[] {
  if (kind !== undefined) return [detail];
  const figures = [
    contextWindow === undefined ? '' : tokens(contextWindow),
    price === undefined ? '' : priceWords(price),
    firstTokenMs === undefined ? '' : seconds(firstTokenMs),
  ].filter(Boolean);
  return figures.length > 0 ? figures : [detail];
}

export const abilityWords: Readonly<Record<Ability, () => string>> = {
  images: () => l10n.t('Sees images'),
  tools: () => l10n.t('Calls tools'),
  reasoning: () => l10n.t('Reasons'),
  fim: () => l10n.t('Completes code'),
};

/** All of it in words, for tooltips and screen readers. */
export function allWords(model: ModelView, pinned: boolean, hidden: boolean): string {
  const { contextWindow, price, firstTokenMs, abilities = [] } = model;
  return [
    model.label,
    model.provider,
    model.unavailable === undefined ? '' : l10n.t('unavailable: {0}', model.unavailable),
    model.held ?? '',
    pinned ? l10n.t('pinned') : '',
    hidden ? l10n.t('hidden') : '',
    contextWindow === undefined ? '' : l10n.t('{0} tokens context', tokens(contextWindow)),
    price === undefined ? '' : longPrice(price),
    firstTokenMs === undefined ? '' : l10n.t('first word after {0} here', seconds(firstTokenMs)),
    ...abilities.map((ability) => abilityWords[ability]()),
    contextWindow === undefined && price === undefined ? model.detail : '',
  ]
    .filter(Boolean)
    .join(', ');
}

function priceWords({ input, output }: NonNullable<ModelView['price']>): string {
  return input === 0 && output === 0 ? l10n.t('free') : `$${dollars(input)} / $${dollars(output)}`;
}

function longPrice({ input, output }: NonNullable<ModelView['price']>): string {
  if (input === 0 && output === 0) return l10n.t('free');
  return l10n.t('${0} in and ${1} out for a million tokens', dollars(input), dollars(output));
}

const dollars = (value: number): string => String(Number(value.toPrecision(3)));

/** Vendors mean 1000 or 1024 by a K; either way the number they print is the round one. */
export function tokens(count: number): string {
  if (count >= 1_000_000) return `${Number((count / 1_000_000).toFixed(1))}M`;
  if (count >= 1000) return `${Math.round(count / (count % 1000 !== 0 && count % 1024 === 0 ? 1024 : 1000))}K`;
  return String(count);
}

const seconds = (ms: number): string => `${Number((ms / 1000).toPrecision(2))} s`;
