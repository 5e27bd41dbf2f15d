import * as l10n from '@vscode/l10n';
import type { LlmError } from '../llm/llm-error.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import { failureRules } from './failure-rules.ts';
import type { Health } from './fuse.ts';

/** What is known of a member of a chain when somebody has to be asked. */
export interface Standing {
  readonly ref: ModelRef;
  readonly local: boolean;
  readonly health: Health;
  /** Why it cannot be asked at all. */
  readonly unavailable?: LlmError;
}

export interface Rules {
  /** Behind a model on this machine one elsewhere may be asked. */
  readonly localToCloud: boolean;
}

export type Step =
  /** `alone`: none behind it could answer now, so that it is worth some waiting. */
  | { readonly kind: 'ask'; readonly index: number; readonly alone: boolean; readonly passed: readonly Passed[] }
  /** All that are left are held; this one is free first. */
  | { readonly kind: 'wait'; readonly index: number; readonly passed: readonly Passed[] }
  | { readonly kind: 'nobody'; readonly passed: readonly Passed[] };

/** A member that was not asked, and why. */
export interface Passed {
  readonly ref: ModelRef;
  readonly error: LlmError;
}

/** Who of the chain is to be asked after the one at `after` (-1: nobody was asked yet). The first that can serve, serves. */
export function nextStep(standings: readonly Standing[], after: number, rules: Rules): Step {
  const passed: Passed[] = [];
  let soonest: { readonly index: number; readonly until: number } | undefined;
  for (const [index, { ref, health, unavailable }] of standings.entries()) {
    if (index <= after) continue;
    const error = unavailable ?? staysLocal(standings, index, rules);
    if (error) {
      passed.push({ ref, error });
      continue;
    }
    if (health.kind === 'ok' || health.kind === 'due') {
      const alone = nextStep(standings, index, rules).kind !== 'ask';
      return { kind: 'ask', index, alone, passed };
    }
    const until = health.kind === 'held' ? health.until : 0;
    if (soonest === undefined || until < soonest.until) soonest = { index, until };
    passed.push({ ref, error: health.error });
  }
  if (soonest === undefined) return { kind: 'nobody', passed };
  const { index } = soonest;
  return { kind: 'wait', index, passed: passed.filter(({ ref }) => ref !== standings[index]?.ref) };
}

/** What has to come of a failure. `offer`: something was seen already, so that only the user may let another go on. */
export function afterFailure(error: LlmError, visible: boolean, nextMayServe: boolean): 'next' | 'offer' | 'stop' {
  if (!failureRules[error.code].goesOn && !nextMayServe) return 'stop';
  return visible ? 'offer' : 'next';
}

/** What was meant for this machine only may not leave it because the machine has trouble. */
function staysLocal(standings: readonly Standing[], index: number, { localToCloud }: Rules): LlmError | undefined {
  if (localToCloud || standings[index]?.local) return undefined;
  const local = standings.slice(0, index).find((standing) => standing.local);
  if (!local) return undefined;
  const message = l10n.t(
    'It is not on this machine, as {0} before it is, and the chain does not say "localToCloud".',
    local.ref,
  );
  return { code: 'policy', message, retryable: false };
}
