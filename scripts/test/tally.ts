import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from '../setup/paths.ts';

/** What came out of a check or a suite, by the names of what did not pass. */
export interface Tally {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

/** The outcome of something that either works or does not. */
export function oneCheck(name: string, works: boolean): Tally {
  return works ? { passed: 1, failed: [], skipped: [] } : { passed: 0, failed: [name], skipped: [] };
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.flatMap(({ failed }) => failed),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}

/** `12 passed, 0 failed`, and skipped ones only when there are any. */
export function summaryLine({ passed, failed, skipped }: Tally): string {
  const line = `${passed} passed, ${failed.length} failed`;
  return skipped.length === 0 ? line : `${line}, ${skipped.length} skipped`;
}

/** The part of vitest's JSON report that is counted. */
interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Counts a vitest run. A file that could not even be loaded, a run that ended badly with no failed test (an unhandled
 * rejection, a crash) and a run without any test are failures too.
 */
export function tallyOf(suite: string, reportFile: string, exitCode: number | null): Tally {
  if (!existsSync(reportFile)) return oneCheck(`${suite}: vitest ended with ${exitCode} and left no report`, false);
  const report: VitestReport = JSON.parse(readFileSync(reportFile, 'utf8'));
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const namesOf = (...states: string[]): string[] =>
    tests.filter(({ status }) => states.includes(status)).map(({ fullName }) => fullName);

  const passed = namesOf('passed').length;
  const skipped = namesOf('pending', 'skipped', 'todo', 'disabled');
  const failedTests = namesOf('failed');
  const brokenFiles = report.testResults
    .filter((file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'))
    .map((file) => `${relative(root, file.name)} could not be run`);
  const failed = [...failedTests, ...brokenFiles];
  if (failed.length === 0 && exitCode !== 0) failed.push(`${suite}: vitest ended with ${exitCode}`);
  if (failed.length === 0 && passed === 0) failed.push(`${suite}: not one test passed`);
  return { passed, failed, skipped };
}
