import type { UsageRow } from './usage-row.ts';

/** A ledger's row as other programs read it: flat, names that say what they are, `null` where nothing is known. */
export function exportedRow(
  row: UsageRow,
): Readonly<Record<(typeof exportedColumns)[number], string | number | boolean | null>> {
  const { usage } = row;
  return {
    time: new Date(row.at).toISOString(),
    role: row.role,
    chat: row.chatId ?? null,
    model: row.model,
    provider: row.provider,
    positionInChain: row.position ?? null,
    fellFrom: row.fellFrom ?? null,
    inputTokens: usage?.input ?? null,
    cachedTokens: usage?.cached ?? null,
    cacheWriteTokens: usage?.cacheWrite ?? null,
    outputTokens: usage?.output ?? null,
    reasoningTokens: usage?.reasoning ?? null,
    tokensEstimated: usage?.estimated ?? false,
    costUsd: row.cost ?? null,
    priceFrom: row.priceFrom ?? null,
    firstTokenMs: row.firstTokenMs ?? null,
    totalMs: row.totalMs,
    outcome: row.outcome,
  };
}

export const exportedColumns = [
  'time',
  'role',
  'chat',
  'model',
  'provider',
  'positionInChain',
  'fellFrom',
  'inputTokens',
  'cachedTokens',
  'cacheWriteTokens',
  'outputTokens',
  'reasoningTokens',
  'tokensEstimated',
  'costUsd',
  'priceFrom',
  'firstTokenMs',
  'totalMs',
  'outcome',
] as const;

/** RFC 4180: a line of names, then a line a row. */
export async function usageAsCsv(rows: AsyncIterable<UsageRow>): Promise<string> {
  const lines = [exportedColumns.join(',')];
  for await (const row of rows) {
    const exported = exportedRow(row);
    lines.push(exportedColumns.map((column) => csvField(exported[column])).join(','));
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

/** An array with an object a row. */
export async function usageAsJson(rows: AsyncIterable<UsageRow>): Promise<string> {
  const lines: string[] = [];
  for await (const row of rows) lines.push(JSON.stringify(exportedRow(row)));
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}

function csvField(value: string | number | boolean | null): string {
  const text = String(value ?? '');
  // A spreadsheet would calculate what begins like a formula; names of models come from servers.
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
