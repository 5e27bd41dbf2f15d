import { databaseAt } from '../../src/store/database.ts';
import { usageColumns } from '../../src/store/usage-columns.ts';
import type { UsageRow } from '../../src/store/usage-row.ts';

/** Writes the rows of a busy developer into the `tutti.db` of a VS Code that is not running yet, the last one at `now`. */
export async function writeUsageRows(path: string, count: number, days: number, now: number): Promise<void> {
  const open = databaseAt(path);
  const database = await open();
  database.exec('begin');
  for (let index = 0; index < count; index++) {
    const columns = usageColumns(rowAt(now - ((count - 1 - index) / count) * days * 86_400_000, index));
    const names = Object.keys(columns);
    database
      .prepare(`insert into usage (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
      .run(...Object.values(columns));
  }
  database.exec('commit');
  open[Symbol.dispose]();
}

interface Kind {
  readonly model: string;
  readonly role: string;
  /** US dollars for a million tokens in and out; absent = not known. */
  readonly price?: readonly [number, number];
  readonly input: number;
  readonly output: number;
  readonly firstTokenMs: number;
  /** The share of the input that the vendor's cache has; absent = it does not say. */
  readonly cached?: number;
}

const completions: readonly Kind[] = [
  {
    model: 'mistral/codestral-latest',
    role: 'completion',
    price: [0.3, 0.9],
    input: 1600,
    output: 24,
    firstTokenMs: 140,
  },
  { model: 'inside/qwen2.5-coder-1.5b', role: 'completion', price: [0, 0], input: 900, output: 18, firstTokenMs: 210 },
];
const others: readonly Kind[] = [
  {
    model: 'anthropic/claude-sonnet-4-5',
    role: 'chat',
    price: [3, 15],
    input: 9000,
    output: 700,
    firstTokenMs: 900,
    cached: 0.7,
  },
  { model: 'openai/gpt-5', role: 'chat', price: [1.25, 10], input: 7000, output: 900, firstTokenMs: 1600, cached: 0.5 },
  {
    model: 'anthropic/claude-sonnet-4-5',
    role: 'edit',
    price: [3, 15],
    input: 4000,
    output: 500,
    firstTokenMs: 800,
    cached: 0.4,
  },
  {
    model: 'google/gemini-2.5-pro',
    role: 'chat',
    price: [1.25, 10],
    input: 6000,
    output: 800,
    firstTokenMs: 1300,
    cached: 0,
  },
  {
    model: 'openai/gpt-5-mini',
    role: 'commit',
    price: [0.25, 2],
    input: 2500,
    output: 60,
    firstTokenMs: 500,
    cached: 0.2,
  },
  { model: 'work-cluster/qwen3-coder-480b', role: 'chat', input: 5000, output: 600, firstTokenMs: 700 },
  {
    model: 'xai/grok-code-fast-1',
    role: 'agent',
    price: [0.2, 1.5],
    input: 15_000,
    output: 300,
    firstTokenMs: 400,
    cached: 0.8,
  },
];

function rowAt(at: number, index: number): UsageRow {
  const of = <T>(list: readonly T[]): T => list[Math.floor(chance(index, 1) * list.length)] as T;
  const kind = index % 10 < 8 ? of(completions) : of(others);
  const size = 0.3 + 1.4 * chance(index, 2);
  const [input, output] = [Math.round(kind.input * size), Math.round(kind.output * (0.3 + 1.4 * chance(index, 3)))];
  const firstTokenMs = kind.firstTokenMs * (0.6 + 2 * chance(index, 4) ** 4);
  const failed = chance(index, 5) < 0.015;
  const provider = kind.model.slice(0, kind.model.indexOf('/'));
  const base = { at: Math.round(at), role: kind.role, model: kind.model, provider };
  if (failed) return { ...base, ...(kind.price && { cost: 0 }), totalMs: 300, outcome: 'overloaded' };
  return {
    ...base,
    usage: {
      input,
      output,
      ...(kind.cached !== undefined && { cached: Math.round(input * kind.cached * chance(index, 6)) }),
      ...(provider === 'inside' && { estimated: true }),
    },
    ...(kind.price && { cost: (input * kind.price[0] + output * kind.price[1]) / 1e6 }),
    firstTokenMs,
    totalMs: firstTokenMs + output * 12,
    outcome: chance(index, 7) < 0.1 ? 'aborted' : 'stop',
  };
}

/** The same for the same row in every run. */
function chance(index: number, which: number): number {
  const mixed = Math.sin(index * 12.9898 + which * 78.233) * 43_758.5453;
  return mixed - Math.floor(mixed);
}
