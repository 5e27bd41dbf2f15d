import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EvidenceName, WeeklyEvidence } from '../../src/llm/completion-evidence.ts';
import { weekOf } from '../../src/llm/completion-evidence.ts';
import { CompletionEvidence } from '../../src/store/completion-evidence.ts';
import { databaseAt } from '../../src/store/database.ts';

const freshPath = (): string => join(mkdtempSync(join(tmpdir(), 'tutti-evidence-')), 'tutti.db');

const amount = (name: EvidenceName, by: number, week = 100, languageId = 'typescript'): WeeklyEvidence => ({
  model: 'test/filler',
  languageId,
  week,
  name,
  amount: by,
});

describe('evidence of completions', () => {
  it('adds up over calls, languages apart, and survives a restart', async () => {
    const path = freshPath();
    {
      using open = databaseAt(path);
      const evidence = new CompletionEvidence(open);
      await evidence.add([amount('shown', 2), amount('shown', 1, 100, 'python'), amount('cost', 0.25)], 100);
      await evidence.add([amount('shown', 3), amount('first-text:7', 1)], 100);
    }
    using open = databaseAt(path);
    const sums = await new CompletionEvidence(open).sums(100);
    expect(sums.map(({ languageId, name, amount }) => [languageId, name, amount])).toEqual([
      ['python', 'shown', 1],
      ['typescript', 'cost', 0.25],
      ['typescript', 'first-text:7', 1],
      ['typescript', 'shown', 5],
    ]);
  });

  it('of two windows that write at once loses nothing', async () => {
    const path = freshPath();
    using first = databaseAt(path);
    using second = databaseAt(path);
    const windows = [new CompletionEvidence(first), new CompletionEvidence(second)];
    await Promise.all(
      Array.from({ length: 40 }, (_, turn) =>
        windows[turn % 2]?.add([amount('shown', 1), amount('accepted', 0.5)], 100),
      ),
    );
    for (const evidence of windows) {
      expect((await evidence.sums(100)).map(({ name, amount }) => [name, amount])).toEqual([
        ['accepted', 20],
        ['shown', 40],
      ]);
    }
  });

  it('of two processes that write at once loses nothing', async () => {
    const path = freshPath();
    using open = databaseAt(path);
    const source = (module: string): string => JSON.stringify(join(import.meta.dirname, '../../src/store', module));
    const script = `
      import { CompletionEvidence } from ${source('completion-evidence.ts')};
      import { databaseAt } from ${source('database.ts')};
      const evidence = new CompletionEvidence(databaseAt(${JSON.stringify(path)}));
      for (let turn = 0; turn < 150; turn++) await evidence.add([${JSON.stringify(amount('shown', 1))}], 100);
    `;
    const processes = [1, 2].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'inherit', 'inherit'] }),
    );
    const ends = await Promise.all(processes.map((child) => once(child, 'exit')));
    expect(ends.map(([code]) => code)).toEqual([0, 0]);
    expect((await new CompletionEvidence(open).sums(100)).map(({ amount }) => amount)).toEqual([300]);
  });

  it('counts for twelve weeks, then it is forgotten', async () => {
    using open = databaseAt(freshPath());
    const evidence = new CompletionEvidence(open);
    await evidence.add([amount('shown', 1, 100), amount('shown', 10, 101)], 101);
    expect((await evidence.sums(111))[0]?.amount).toBe(11);
    expect((await evidence.sums(112))[0]?.amount).toBe(10);
    await evidence.add([amount('shown', 100, 112)], 112);
    const weeks = (await open()).prepare('select week from completion_evidence order by week').all();
    expect(weeks.map((row) => row['week'])).toEqual([101, 112]);
  });

  it('stays bounded: the oldest weeks go first, the present one never', async () => {
    using open = databaseAt(freshPath());
    const evidence = new CompletionEvidence(open);
    const many = (week: number): readonly WeeklyEvidence[] =>
      Array.from({ length: 8000 }, (_, language) => amount('shown', 1, week, `language-${language}`));
    for (const week of [100, 101, 102]) await evidence.add(many(week), week);
    const weeks = (await open()).prepare('select distinct week from completion_evidence order by week').all();
    expect(weeks.map((row) => row['week'])).toEqual([101, 102]);
  });

  it('adds all of a batch or nothing of it', async () => {
    using open = databaseAt(freshPath());
    const evidence = new CompletionEvidence(open);
    const broken = [amount('shown', 1), { ...amount('accepted', 1), amount: Number.NaN }];
    await expect(evidence.add(broken, 100)).rejects.toThrow();
    expect(await evidence.sums(100)).toEqual([]);
  });

  it('leaves out what a newer Tutti counts', async () => {
    using open = databaseAt(freshPath());
    const evidence = new CompletionEvidence(open);
    await evidence.add([amount('shown', 1)], 100);
    (await open()).exec(`insert into completion_evidence values (100, 'test/filler', 'typescript', 'smiled', 3)`);
    expect((await evidence.sums(100)).map(({ name }) => name)).toEqual(['shown']);
  });
});

describe('a week', () => {
  it.each([
    ['2026-11-22T23:59:59Z', '2026-11-16T00:00:00Z'],
    ['2026-11-29T12:00:00Z', '2026-11-23T00:00:00Z'],
  ])('%s belongs to the one that began on Monday %s', (at, monday) => {
    expect(weekOf(Date.parse(at))).toBe(weekOf(Date.parse(monday)));
    expect(weekOf(Date.parse(monday) - 1)).toBe(weekOf(Date.parse(at)) - 1);
  });
});
