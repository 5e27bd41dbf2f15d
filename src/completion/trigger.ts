import * as l10n from '@vscode/l10n';
import type { Model } from '../llm/model.ts';
import { isFree } from './cost-free.ts';
import type { CompletionDocument, CompletionQuery } from './document.ts';
import type { CompletionPreferences } from './ports.ts';
import type { Rhythm } from './rhythm.ts';

/** What the trigger looks at besides the query. */
export interface TriggerContext {
  readonly preferences: CompletionPreferences;
  /** Milliseconds since 1970. */
  readonly snoozedUntil: number;
  readonly now: number;
  /** Why automatic suggestions pause after repeated Escape; absent = they do not. */
  readonly pausedBecause?: string | undefined;
}

/** Why nothing is asked for at all; undefined = go on. */
export function refusal(
  document: CompletionDocument,
  query: CompletionQuery,
  { preferences, snoozedUntil, now, pausedBecause }: TriggerContext,
): { readonly reason: string; readonly off: boolean } | undefined {
  if (!preferences.enabled) {
    return {
      reason: l10n.t('Completions are off for {0} (tutti.completion.enabled).', document.languageId),
      off: true,
    };
  }
  if (document.readOnly) return { reason: l10n.t('This file cannot be written to.'), off: false };
  if (query.cursors > 1) return { reason: l10n.t('There are several cursors.'), off: false };
  if (query.trigger === 'invoke') return undefined;
  if (preferences.trigger === 'manual') {
    return { reason: l10n.t('Completions come only when asked for (tutti.completion.trigger).'), off: false };
  }
  if (now < snoozedUntil) {
    return { reason: snoozedFor(Math.ceil((snoozedUntil - now) / 60_000)), off: true };
  }
  return pausedBecause === undefined ? undefined : { reason: pausedBecause, off: true };
}

const snoozedFor = (minutes: number): string =>
  minutes === 1
    ? l10n.t('Completions are snoozed for 1 more minute.')
    : l10n.t('Completions are snoozed for {0} more minutes.', minutes);

/** What was learned of the person and of the model. */
export interface Learned {
  readonly rhythm?: Rhythm;
  /** What the model usually takes to its first text; absent = not known yet. */
  readonly latencyMs?: number | undefined;
  /** Since the last request for this document; absent = none was made. */
  readonly sinceLastMs?: number | undefined;
}

/** The editor waits this long after a key before it asks at all. */
const editorWaitsMs = 50;
const leastPaidMs = 60;
const mostPaidMs = 500;
/** Where a person has not been heard typing. */
const paidMs = 150;

/** Dollars a million tokens read. A model known to cost so little may be asked within a burst, too, but only so often. */
const cheapInput = 0.5;
const cheapEveryMs = 1000;

/** A model that needs longer is asked less often: each key would throw a half-read prompt away. */
const slowMs = 400;
const mostSlowMs = 150;

/** How long a pause in typing has to be, after the editor's own wait. `model`: the one asked last, if any. */
export function delayFor(
  query: CompletionQuery,
  preferences: CompletionPreferences,
  model: Model | undefined,
  { rhythm, latencyMs, sinceLastMs = Number.POSITIVE_INFINITY }: Learned = {},
): number {
  if (query.trigger === 'invoke') return 0;
  if (preferences.delayMs !== 'auto') return Math.max(0, preferences.delayMs);
  const pause = rhythm === undefined ? paidMs : rhythm.pauseMs - editorWaitsMs;
  if (model !== undefined && !isFree(model)) {
    const { price } = model.facts;
    if (price !== undefined && price.input <= cheapInput && sinceLastMs >= cheapEveryMs) return 0;
    return within(pause, leastPaidMs, mostPaidMs);
  }
  if (latencyMs === undefined || latencyMs < slowMs) return 0;
  return within(Math.min(pause, latencyMs / 4), 0, mostSlowMs);
}

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
