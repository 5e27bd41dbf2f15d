import type { SQLInputValue } from 'node:sqlite';
import { writtenTokens } from '../llm/stream-event.ts';
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

/** The row that columns describe. `output` of its usage has all that was written, thoughts included. */
export function readUsageRow(columns: Readonly<Record<string, unknown>>): UsageRow {
  const number = (name: string): number | undefined => {
    const value = columns[name];
    return typeof value === 'number' ? value : undefined;
  };
  const text = (name: string): string | undefined => {
    const value = columns[name];
    return typeof value === 'string' ? value : undefined;
  };
  const input = number('input_tokens');
  const output = number('output_tokens');
  return {
    at: number('at') ?? 0,
    role: text('role') ?? '',
    ...known('chatId', text('chat_id')),
    model: text('model') ?? '',
    provider: text('provider') ?? '',
    ...known('position', number('position')),
    ...known('fellFrom', text('fell_from')),
    ...known('expectedCost', number('expected_cost')),
    ...known('priceFrom', text('price_from')),
    ...(input !== undefined &&
      output !== undefined && {
        usage: {
          input,
          output,
          ...known('cached', number('cached_tokens')),
          ...known('cacheWrite', number('cache_write_tokens')),
          ...known('reasoning', number('reasoning_tokens')),
          ...(number('estimated') === 1 && { estimated: true }),
        },
      }),
    ...known('cost', number('cost')),
    ...known('firstTokenMs', number('first_token_ms')),
    totalMs: number('total_ms') ?? 0,
    outcome: text('outcome') ?? 'unknown',
  };
}

function known<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]?: Value });
}
