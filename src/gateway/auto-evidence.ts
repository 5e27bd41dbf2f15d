import { type EvidenceAmount, weekOf } from '../llm/completion-evidence.ts';
import type { VoteSum } from '../llm/vote.ts';
import type { UsageRow } from '../store/usage-row.ts';
import { messageOf } from '../util/message-of.ts';
import type { Shown } from './auto.ts';
import type { Needs } from './auto-needs.ts';
import { failureRules } from './failure-rules.ts';
import type { Pace } from './pace.ts';

/** Where it is written what models have shown on this machine. */
export interface EvidencePorts {
  readonly rows: (since: number) => Promise<readonly UsageRow[]>;
  /** Completions shown and accepted; absent = nobody counts them. */
  readonly completions?: (week: number) => Promise<readonly EvidenceAmount[]>;
  /** What the user voted for in comparisons; absent = nobody asks. */
  readonly votes?: (since: number) => Promise<readonly VoteSum[]>;
  readonly report: (problem: string) => void;
}

/** Models change: what they did weeks ago says little. */
const daysMs = 14 * 24 * 3_600_000;
/** Votes are rare: they count for longer. */
const votedMs = 90 * 24 * 3_600_000;
/** A request more or less changes nothing. */
const freshMs = 60_000;

interface Kept {
  readonly at: number;
  readonly rows: readonly UsageRow[];
  readonly amounts: readonly EvidenceAmount[];
  readonly votes: readonly VoteSum[];
}

/** What models have shown on this machine, read again when it is a minute old. Never rejects. */
export class AutoEvidence {
  readonly #ports: EvidencePorts;
  readonly #pace: Pace;
  #kept: Promise<Kept> | undefined;
  #keptAt = Number.NEGATIVE_INFINITY;

  constructor(ports: EvidencePorts, pace: Pace) {
    this.#ports = ports;
    this.#pace = pace;
  }

  async of(needs: Needs): Promise<ReadonlyMap<string, Shown>> {
    const { rows, amounts, votes } = await this.#read();
    return shownBy(rows, amounts, needs, votes);
  }

  #read(): Promise<Kept> {
    const now = this.#pace.now();
    if (!this.#kept || now - this.#keptAt > freshMs) {
      this.#keptAt = now;
      this.#kept = this.#load(now);
    }
    return this.#kept;
  }

  async #load(at: number): Promise<Kept> {
    try {
      const [rows, amounts, votes] = await Promise.all([
        this.#ports.rows(at - daysMs),
        this.#ports.completions?.(weekOf(at)) ?? [],
        this.#ports.votes?.(at - votedMs) ?? [],
      ]);
      return { at, rows, amounts, votes };
    } catch (error) {
      this.#ports.report(`What models have shown so far cannot be read: ${messageOf(error)}`);
      return { at, rows: [], amounts: [], votes: [] };
    }
  }
}

/** Requests of the same kind count; for a chat votes, a tie half to each side; else completions in the same language, where any were shown in it. */
export function shownBy(
  rows: readonly UsageRow[],
  amounts: readonly EvidenceAmount[],
  { kind, language }: Needs,
  votes: readonly VoteSum[] = [],
): ReadonlyMap<string, Shown> {
  const own = rows.filter(({ role }) => (role === 'completion') === (kind === 'completion'));
  const shown = new Map<string, Shown>();
  for (const [model, requests] of Map.groupBy(own, ({ model }) => model)) {
    const firstTokenMs = median(requests.flatMap((row) => row.firstTokenMs ?? []));
    shown.set(model, {
      requests: requests.length,
      failed: requests.filter(({ outcome }) => isTrouble(outcome)).length,
      ...(firstTokenMs !== undefined && { firstTokenMs }),
    });
  }
  if (kind === 'chat') {
    for (const [model, sums] of Map.groupBy(votes, ({ model }) => model)) {
      const before = shown.get(model) ?? { requests: 0, failed: 0 };
      const total = (outcome: 'won' | 'tied' | 'lost'): number => sums.reduce((all, sum) => all + sum[outcome], 0);
      const half = total('tied') / 2;
      shown.set(model, { ...before, votes: { won: total('won') + half, lost: total('lost') + half } });
    }
    return shown;
  }
  for (const [model, all] of Map.groupBy(amounts, ({ model }) => model)) {
    const inLanguage = all.filter(({ languageId }) => languageId === language);
    const counted = inLanguage.some(({ name }) => name === 'shown') ? inLanguage : all;
    const sum = (name: string): number =>
      counted.reduce((total, amount) => (amount.name === name ? total + amount.amount : total), 0);
    const before = shown.get(model) ?? { requests: 0, failed: 0 };
    shown.set(model, { ...before, completions: { shown: sum('shown'), accepted: sum('accepted') } });
  }
  return shown;
}

/** The endpoint's or the model's fault; what the user stopped or asked wrongly is none. */
function isTrouble(outcome: string): boolean {
  const rules: Readonly<Record<string, { readonly trouble: string }>> = failureRules;
  return Object.hasOwn(rules, outcome) && rules[outcome]?.trouble !== 'none';
}

function median(values: readonly number[]): number | undefined {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 2)];
}
