import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { oneCheck, sum, summaryLine, type Tally, tallyOf } from '../../scripts/test/tally.ts';

const folder = mkdtempSync(join(tmpdir(), 'tutti-tally-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A report with one file; every test is named after its status. */
function tally(fileStatus: string, statuses: readonly string[], exitCode: number | null): Tally {
  const report = join(folder, 'report.json');
  const assertionResults = statuses.map((status) => ({ fullName: status, status }));
  writeFileSync(report, JSON.stringify({ testResults: [{ name: 'a.test.ts', status: fileStatus, assertionResults }] }));
  return tallyOf('suite', report, exitCode);
}

describe('counting a vitest run', () => {
  it.each([
    ['all passed', tally('passed', ['passed', 'passed'], 0), '2 passed, 0 failed'],
    ['one failed', tally('failed', ['passed', 'failed'], 1), '1 passed, 1 failed'],
    ['some skipped', tally('passed', ['passed', 'skipped', 'todo', 'pending'], 0), '1 passed, 0 failed, 3 skipped'],
    ['a file that could not be loaded', tally('failed', [], 1), '0 passed, 1 failed'],
    ['an error outside of the tests', tally('passed', ['passed'], 1), '1 passed, 1 failed'],
    ['ended by a signal', tally('passed', ['passed'], null), '1 passed, 1 failed'],
    ['no test at all', tally('passed', [], 0), '0 passed, 1 failed'],
    ['only skipped ones', tally('passed', ['skipped'], 0), '0 passed, 1 failed, 1 skipped'],
    ['no report', tallyOf('suite', join(folder, 'none.json'), 1), '0 passed, 1 failed'],
  ])('%s', (_what, result, line) => {
    expect(summaryLine(result)).toBe(line);
  });

  it('adds suites and checks up, and keeps the names of what did not pass', () => {
    const total = sum([oneCheck('types', true), oneCheck('lint', false), tally('passed', ['passed', 'skipped'], 0)]);
    expect(total).toEqual({ passed: 2, failed: ['lint'], skipped: ['skipped'] });
  });
});
