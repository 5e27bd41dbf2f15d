import * as l10n from '@vscode/l10n';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import type { Ask } from './ask.ts';
import { type Candidate, chooseAuto, type Shown } from './auto.ts';
import type { AutoDecision } from './auto-decision.ts';
import type { AutoEvidence } from './auto-evidence.ts';
import { needsOf } from './auto-needs.ts';
import type { AutoSetting } from './auto-setting.ts';
import type { Health } from './fuse.ts';
import type { Contestant } from './line.ts';

/** A decision as it is kept, to be explained. */
export interface Decided extends AutoDecision {
  readonly at: number;
  readonly role: string;
}

export interface ChooserPorts {
  readonly evidence: AutoEvidence;
  readonly health: (model: Model) => Health;
  readonly now: () => number;
  /** US dollars the request may take at most; absent = no limit. */
  readonly budgetLeft?: (ask: Pick<Ask, 'role' | 'chatId'>) => Promise<number | undefined>;
}

const mostKept = 20;

/** Puts the user's list into an order for each request, and remembers why. */
export class AutoChooser {
  readonly #ports: ChooserPorts;
  readonly #decisions: Decided[] = [];

  constructor(ports: ChooserPorts) {
    this.#ports = ports;
  }

  /** The last ones, newest first. */
  get decisions(): readonly Decided[] {
    return this.#decisions.toReversed();
  }

  async decide(ask: Ask, setting: AutoSetting, contestants: readonly Contestant[]): Promise<AutoDecision> {
    const needs = needsOf(ask.request, ask.role, ask.language);
    const { evidence, health, now, budgetLeft } = this.#ports;
    const [shown, left] = await Promise.all([evidence.of(needs), budgetLeft?.(ask)]);
    const current = lastModel(ask.request);
    return chooseAuto({
      candidates: contestants.map((one) => candidateOf(one, setting, shown.get(one.ref), health)),
      needs,
      weights: setting.weights,
      now: now(),
      ...(left !== undefined && { budgetLeft: left }),
      ...(current !== undefined && { current }),
    });
  }

  remember(decision: AutoDecision, role: string): void {
    this.#decisions.push({ ...decision, at: this.#ports.now(), role });
    if (this.#decisions.length > mostKept) this.#decisions.shift();
  }
}

function candidateOf(
  { ref, found }: Contestant,
  { ratings }: AutoSetting,
  shown: Shown | undefined,
  health: (model: Model) => Health,
): Candidate {
  const rating = ratings.get(ref);
  const known = { ref, ...(rating !== undefined && { rating }), ...(shown && { shown }) };
  if ('code' in found) return { ...known, local: false, unavailable: l10n.t('cannot serve ({0})', found.message) };
  const { price, contextWindow, images, tools } = found.facts;
  const held = heldBy(health(found));
  return {
    ...known,
    local: found.endpoint.local,
    ...(price && { price }),
    ...(contextWindow !== undefined && { contextWindow }),
    ...(images !== undefined && { images }),
    ...(tools !== undefined && { tools }),
    ...(held && { held }),
  };
}

function heldBy(health: Health): Candidate['held'] {
  switch (health.kind) {
    case 'ok':
    case 'due':
      return undefined;
    case 'probing':
      return { because: l10n.t('is being tried again ({0})', health.error.code) };
    case 'held':
      return { because: heldWords(health.error), until: health.until };
  }
}

export function heldWords({ code }: LlmError): string {
  switch (code) {
    case 'rate-limit':
      return l10n.t('is over its rate limit');
    case 'quota':
      return l10n.t('has used up its quota');
    case 'overloaded':
      return l10n.t('is overloaded');
    default:
      return l10n.t('is not asked ({0})', code);
  }
}

/** Whoever wrote the last reply has the conversation in its vendor's cache. */
function lastModel(request: Request): ModelRef | undefined {
  if (request.kind !== 'chat') return undefined;
  return request.messages.findLast((message) => message.role === 'assistant')?.model;
}
