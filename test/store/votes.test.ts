import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { databaseAt } from '../../src/store/database.ts';
import { Votes } from '../../src/store/votes.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-votes-'));
const open = databaseAt(join(folder, 'tutti.db'));
afterAll(async () => {
  (await open()).close();
  rmSync(folder, { recursive: true });
});

describe('votes', () => {
  it('add up by model and kind of task; of two on the same replies the last counts', async () => {
    const votes = new Votes(open);
    const models = ['p/a', 'p/b'] as const;
    await votes.add({ comparison: '1', at: 10, kind: 'code', models, best: 'p/a' });
    await votes.add({ comparison: '2', at: 20, kind: 'code', models, best: 'p/a' });
    await votes.add({ comparison: '2', at: 21, kind: 'code', models });
    await votes.add({ comparison: '3', at: 30, kind: 'write', models, best: 'p/b' });
    expect(await votes.sums()).toEqual([
      { model: 'p/a', kind: 'code', won: 1, tied: 1, lost: 0 },
      { model: 'p/a', kind: 'write', won: 0, tied: 0, lost: 1 },
      { model: 'p/b', kind: 'code', won: 0, tied: 1, lost: 1 },
      { model: 'p/b', kind: 'write', won: 1, tied: 0, lost: 0 },
    ]);
    expect(await votes.sums(30)).toHaveLength(2);
  });
});
