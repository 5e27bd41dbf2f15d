import type { SQLInputValue } from 'node:sqlite';
import { type Usage, writtenTokens } from '../llm/stream-event.ts';
import type { UsageRow } from './usage-row.ts';

/** A row of the table `usage` as its columns hold it, without its id and its owner. */
export function usageColumns(row: UsageRow): Readonly<Record<string, SQLInputValue>> {
  return {
    at: row.at,
    role: row.role,
    chat_id: row.chatId ?? null,
    model: row.model,
    provider: row.provider,
    position: row.position ?? null,
    fell_from: row.fellFrom ?? null,
    expected_cost: row.expectedCost ?? null,
    price_from: row.priceFrom ?? null,
    ...endColumns(row),
  };
}

/** The columns that are known when a request is over. */
export function endColumns(row: Omit<UsageRow, 'at'>): Readonly<Record<string, SQLInputValue>> {
  const { usage } = row;
  return {
    input_tokens: usage?.input ?? null,
    cached_tokens: usage?.cached ?? null,
    cache_write_tokens: usage?.cacheWrite ?? null,
    output_tokens: usage === undefined ? null : writtenTokens(usage),
    reasoning_tokens: usage?.reasoning ?? null,
    estimated: usage?.estimated ? 1 : 0,
    cost: row.cost ?? null,
    first_token_ms: row.firstTokenMs === undefined ? null : Math.round(row.firstTokenMs),
    total_ms: Math.round(row.totalMs),
    outcome: row.outcome,
  };
}

/**
 * The row that columns describe. `output` of its usage has all that was written, thoughts included. Written down step
 * by step: a chart reads ten thousand of them at a time.
 */
export function readUsageRow(columns: Columns): UsageRow {
  const row: Writable<UsageRow> = {
    at: numberIn(columns, 'at') ?? 0,
    role: textIn(columns, 'role') ?? '',
    model: textIn(columns, 'model') ?? '',
    provider: textIn(columns, 'provider') ?? '',
    totalMs: numberIn(columns, 'total_ms') ?? 0,
    outcome: textIn(columns, 'outcome') ?? 'unknown',
  };
  set(row, 'chatId', textIn(columns, 'chat_id'));
  set(row, 'position', numberIn(columns, 'position'));
  set(row, 'fellFrom', textIn(columns, 'fell_from'));
  set(row, 'expectedCost', numberIn(columns, 'expected_cost'));
  set(row, 'priceFrom', textIn(columns, 'price_from'));
  set(row, 'usage', readUsage(columns));
  set(row, 'cost', numberIn(columns, 'cost'));
  set(row, 'firstTokenMs', numberIn(columns, 'first_token_ms'));
  return row;
}

function readUsage(columns: Columns): Usage | undefined {
  const input = numberIn(columns, 'input_tokens');
  const output = numberIn(columns, 'output_tokens');
  if (input === undefined || output === undefined) return undefined;
  const usage: Writable<Usage> = { input, output };
  set(usage, 'cached', numberIn(columns, 'cached_tokens'));
  set(usage, 'cacheWrite', numberIn(columns, 'cache_write_tokens'));
  set(usage, 'reasoning', numberIn(columns, 'reasoning_tokens'));
  if (columns['estimated'] === 1) usage.estimated = true;
  return usage;
}

type Columns = Readonly<Record<string, unknown>>;
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function set<T, Key extends keyof T>(target: T, key: Key, value: T[Key] | undefined): void {
  if (value !== undefined) target[key] = value;
}

function numberIn(columns: Columns, name: string): number | undefined {
  const value = columns[name];
  return typeof value === 'number' ? value : undefined;
}

function textIn(columns: Columns, name: string): string | undefined {
  const value = columns[name];
  return typeof value === 'string' ? value : undefined;
}
