import { describe, expect, it } from 'vitest';
import { exportedColumns, exportedRow, usageAsCsv, usageAsJson } from '../../src/store/usage-export.ts';
import type { UsageRow } from '../../src/store/usage-row.ts';

const full: UsageRow = {
  at: Date.UTC(2026, 10, 23, 14, 32, 5, 7),
  role: 'chat',
  chatId: 'chat-1',
  model: 'openai/gpt-5',
  provider: 'openai',
  position: 2,
  fellFrom: 'a/b',
  usage: { input: 120, output: 7, cached: 60, cacheWrite: 3, reasoning: 4, estimated: true },
  cost: 0.0125,
  priceFrom: 'catalog 2026-11-10',
  firstTokenMs: 420,
  totalMs: 900,
  outcome: 'stop',
};
const bare: UsageRow = { at: 0, role: 'chat', model: '=cmd,"x"', provider: 'p', totalMs: 1, outcome: 'timeout' };

async function* rows(...list: readonly UsageRow[]): AsyncIterable<UsageRow> {
  yield* list;
}

describe('exported usage', () => {
  it('has a column for every field', () => {
    expect(Object.keys(exportedRow(full))).toEqual(exportedColumns);
    expect(Object.values(exportedRow(full)).filter((value) => value === null)).toEqual([]);
  });

  it('is CSV that spreadsheets read and do not run', async () => {
    expect((await usageAsCsv(rows(full, bare))).split('\r\n')).toEqual([
      exportedColumns.join(','),
      '2026-11-23T14:32:05.007Z,chat,chat-1,openai/gpt-5,openai,2,a/b,120,60,3,7,4,true,0.0125,catalog 2026-11-10,420,900,stop',
      `1970-01-01T00:00:00.000Z,chat,,"'=cmd,""x""",p,,,,,,,,false,,,,1,timeout`,
      '',
    ]);
  });

  it('is JSON', async () => {
    expect(JSON.parse(await usageAsJson(rows(full, bare)))).toEqual([exportedRow(full), exportedRow(bare)]);
    expect(JSON.parse(await usageAsJson(rows()))).toEqual([]);
  });
});
