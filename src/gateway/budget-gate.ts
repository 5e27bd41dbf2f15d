import * as l10n from '@vscode/l10n';
import type { BudgetNotice, BudgetState } from '../llm/budget-notice.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import type { EndEvent } from '../llm/stream-event.ts';
import { overBudget } from '../llm/word-budget.ts';
import type { UsageLedger } from '../store/usage-ledger.ts';
import type { Limit, Reservations, Standing } from '../store/usage-reservations.ts';
import { messageOf } from '../util/message-of.ts';
import type { Ask } from './ask.ts';
import { Allowances } from './budget-allowances.ts';
import { CostEstimates } from './budget-estimate.ts';
import { type BudgetCeiling, type BudgetSettings, hasBudget, limitsOf, monthOf } from './budget-limits.ts';
import type { Admission, Admitted, Gate, Refused } from './gate.ts';

export interface BudgetPorts {
  /** As they stand now. Only the user's own: a repository has no say here. */
  readonly settings: () => BudgetSettings;
  /** An administrator's; absent = none. */
  readonly ceiling?: () => BudgetCeiling;
  readonly reservations: Reservations;
  readonly ledger: Pick<UsageLedger, 'isFirstToTell'>;
  readonly now: () => number;
  /** Told once of all windows. */
  readonly warn: (notice: BudgetNotice) => void;
  readonly report: (problem: string) => void;
}

/** From here on the user is told. */
const nearlyAll = 0.8;
/** A key must not cost a look into the database when the last one was refused. */
const refusedForMs = 10_000;

/** Stops what would go over a budget, before it leaves. What costs nothing always passes. */
export class BudgetGate implements Gate {
  readonly #ports: BudgetPorts;
  readonly #costs = new CostEstimates();
  readonly #allowances = new Allowances();
  /** Completions by model, and how long their refusal stands. */
  readonly #refused = new Map<string, { readonly error: LlmError; readonly until: number }>();

  constructor(ports: BudgetPorts) {
    this.#ports = ports;
  }

  /** The chat's next request may go over its budgets; without a chat, the next request that would. */
  allowOnce(chatId?: string): void {
    this.#allowances.add(chatId);
    this.#refused.clear();
  }

  /** Limits may be others now. */
  settingsChanged(): void {
    this.#refused.clear();
  }

  /** US dollars that a request of any provider may still take; undefined: no budget holds, or nobody can say. */
  async left({ chatId }: Pick<Ask, 'chatId'>): Promise<number | undefined> {
    const now = this.#ports.now();
    const settings = { ...this.#ports.settings(), perProvider: undefined };
    const chat = chatId === undefined ? {} : { chatId };
    const limits = limitsOf(settings, { provider: '', ...chat }, now, this.#ports.ceiling?.());
    if (limits.length === 0) return undefined;
    try {
      const standings = await this.#ports.reservations.standings(limits, now);
      return Math.max(0, Math.min(...standings.map(({ limit, spent }) => limit.dollars - spent)));
    } catch {
      // Each request asks again, and is told.
      return undefined;
    }
  }

  async admit(ask: Ask, model: Model, request: Request, signal: AbortSignal): Promise<Admission> {
    const expectedCost = this.#costs.expect(ask.role, model, request);
    const learning = this.#admitted(ask, model, request, expectedCost);
    const settings = this.#ports.settings();
    const isFree = expectedCost === 0 || signal.aborted;
    if (isFree || !(hasBudget(settings) || hasBudget(this.#ports.ceiling?.() ?? {}))) return learning;
    try {
      if (expectedCost === undefined) return await this.#unseen(learning, model);
      return await this.#withinLimits(learning, ask, model, expectedCost, settings);
    } catch (error) {
      const message = l10n.t('A budget is set, and what was spent cannot be read: {0}', messageOf(error));
      return refused({ code: 'budget', message, retryable: false });
    }
  }

  async #withinLimits(
    learning: Admitted,
    ask: Ask,
    model: Model,
    amount: number,
    settings: BudgetSettings,
  ): Promise<Admission> {
    const { reservations, now } = this.#ports;
    const at = now();
    const before = ask.role === 'completion' ? this.#refused.get(model.ref) : undefined;
    if (before && at < before.until) return refused(before.error);
    const { provider } = model.endpoint;
    const chat = ask.chatId === undefined ? {} : { chatId: ask.chatId };
    const limits = limitsOf(settings, { provider, ...chat }, at, this.#ports.ceiling?.());
    if (limits.length === 0) return learning;
    const wanted = { at, provider, amount, ...chat };
    let verdict = await reservations.reserve(wanted, limits);
    const notices: BudgetNotice[] = [];
    if (verdict.kind === 'refused') {
      const { standing } = verdict;
      if (standing.limit.imposed || !this.#allowances.take(ask)) {
        const error = overBudget(stateOf(standing), amount);
        if (ask.role === 'completion') this.#keepRefusing(model, error, at, standing.limit);
        return refused(error);
      }
      verdict = await reservations.reserve(wanted, limits, true);
      const budget = stateOf({ ...standing, spent: standing.spent + amount });
      notices.push({ kind: 'budget', about: 'allowed', budget });
    } else {
      notices.push(...(await this.#near(verdict.standings, at)));
    }
    // An administrator's limit behind the user's own.
    if (verdict.kind === 'refused') return refused(overBudget(stateOf(verdict.standing), amount));
    const { id } = verdict;
    return {
      ...learning,
      notices,
      setAside: { expectedCost: amount, reservation: id },
      ended: async (end) => {
        await learning.ended?.(end);
        try {
          await reservations.release(id);
        } catch (error) {
          this.#ports.report(`What a budget had set aside is still set aside: ${messageOf(error)}`);
        }
      },
    };
  }

  /** Passes, and teaches what it took. */
  #admitted(ask: Ask, model: Model, request: Request, expectedCost: number | undefined): Admitted {
    return {
      kind: 'admitted',
      request,
      setAside: expectedCost === undefined ? {} : { expectedCost },
      ended: async (end: EndEvent | undefined) => {
        if (end?.usage) this.#costs.learn(ask.role, model, request, end.usage);
      },
    };
  }

  /** What nobody knows the price of cannot be held back by it; that is told once a month. */
  async #unseen(admitted: Admitted, model: Model): Promise<Admitted> {
    const at = this.#ports.now();
    const notice: BudgetNotice = { kind: 'budget', about: 'unseen', model: model.ref };
    const isFirst = await this.#isFirstToTell(`unseen ${model.ref} ${monthOf(at).from}`, at);
    return isFirst ? this.#told(admitted, [notice]) : admitted;
  }

  async #near(standings: readonly Standing[], at: number): Promise<readonly BudgetNotice[]> {
    const notices: BudgetNotice[] = [];
    for (const standing of standings) {
      const { limit, spent } = standing;
      if (spent < limit.dollars * nearlyAll || !(await this.#isFirstToTell(nameOf(limit), at))) continue;
      notices.push({ kind: 'budget', about: 'near', budget: stateOf(standing) });
    }
    for (const notice of notices) this.#ports.warn(notice);
    return notices;
  }

  #told(admitted: Admitted, notices: readonly BudgetNotice[]): Admitted {
    for (const notice of notices) this.#ports.warn(notice);
    return { ...admitted, notices };
  }

  /** A warning that cannot be kept is no reason to stop anything. */
  async #isFirstToTell(what: string, at: number): Promise<boolean> {
    try {
      return await this.#ports.ledger.isFirstToTell(what, at);
    } catch {
      return false;
    }
  }

  #keepRefusing(model: Model, error: LlmError, at: number, { until = Number.POSITIVE_INFINITY }: Limit): void {
    this.#refused.set(model.ref, { error, until: Math.min(until, at + refusedForMs) });
  }
}

/** A limit that was raised is another one: its user is warned anew. */
function nameOf({ kind, from, dollars, provider = '', chatId = '' }: Limit): string {
  return `near ${kind} ${provider}${chatId} ${from} ${dollars}`;
}

function stateOf({ limit, spent }: Standing): BudgetState {
  const { kind, dollars, provider, until, imposed } = limit;
  return {
    of: kind,
    dollars,
    spent,
    ...(provider !== undefined && { provider }),
    ...(until !== undefined && { until }),
    ...(imposed && { imposed }),
  };
}

/** What costs nothing may still serve. */
function refused(error: LlmError): Refused {
  return { kind: 'refused', error, nextMayServe: true };
}
