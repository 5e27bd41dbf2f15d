import type { Model } from '../llm/model.ts';
import type { CompletionDocument, CompletionQuery } from './document.ts';
import type { CompletionPreferences } from './ports.ts';

/** What the trigger looks at besides the query. */
export interface TriggerContext {
  readonly preferences: CompletionPreferences;
  /** Milliseconds since 1970. */
  readonly snoozedUntil: number;
  readonly now: number;
}

/** Why nothing is asked for at all; undefined = go on. */
export function refusal(
  document: CompletionDocument,
  query: CompletionQuery,
  { preferences, snoozedUntil, now }: TriggerContext,
): { readonly reason: string; readonly off: boolean } | undefined {
  if (!preferences.enabled) {
    return { reason: `Completions are off for ${document.languageId} (tutti.completion.enabled).`, off: true };
  }
  if (document.readOnly) return { reason: 'This file cannot be written to.', off: false };
  if (query.cursors > 1) return { reason: 'There are several cursors.', off: false };
  if (query.trigger === 'invoke') return undefined;
  if (preferences.trigger === 'manual') {
    return { reason: 'Completions come only when asked for (tutti.completion.trigger).', off: false };
  }
  if (now < snoozedUntil) {
    const minutes = Math.ceil((snoozedUntil - now) / 60_000);
    return { reason: `Completions are snoozed for ${minutes} more minute${minutes === 1 ? '' : 's'}.`, off: true };
  }
  return undefined;
}

const patience = { free: 0, paid: 120 };

/** How long a pause in typing has to be. The editor waits 50 ms by itself. `model`: the one asked last, if any. */
export function delayFor(query: CompletionQuery, preferences: CompletionPreferences, model: Model | undefined): number {
  if (query.trigger === 'invoke') return 0;
  if (preferences.delayMs !== 'auto') return Math.max(0, preferences.delayMs);
  const free = model === undefined || model.endpoint.local || model.facts.price?.output === 0;
  return free ? patience.free : patience.paid;
}
