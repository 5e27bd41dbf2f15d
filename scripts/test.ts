// npm test: prepares the machine and runs every check but the slow looks. The last line counts them: N passed, N failed.
// npm run test:looks: pages in three themes.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildForRelease } from './build/build.ts';
import { packageExtension } from './build/package.ts';
import { prepareChromium } from './setup/chromium.ts';
import { root, testResults } from './setup/paths.ts';
import { run } from './setup/run.ts';
import { type StepResult, step } from './setup/step.ts';
import { prepareTinyModel } from './setup/tiny-model.ts';
import { prepareVscodeHost } from './setup/vscode-host.ts';
import { oneCheck, sum, summaryLine, type Tally, tallyOf } from './test/tally.ts';

const tool = (path: string): string => join(root, 'node_modules', path);

/** A set-up step as a check: it may fail without ending the run. */
async function stepCheck(name: string, work: () => Promise<StepResult>): Promise<Tally> {
  const works = await step(name, work).then(
    () => true,
    () => false,
  );
  return oneCheck(name, works);
}

async function commandCheck(name: string, script: string, parameters: readonly string[]): Promise<Tally> {
  console.log(`\n▸ ${name}`);
  const { code } = await run(process.execPath, [script, ...parameters], { show: true });
  console.log(code === 0 ? `✓ ${name}` : `✗ ${name}`);
  return oneCheck(name, code === 0);
}

async function vitest(suite: string, config: string): Promise<Tally> {
  console.log(`\n▸ ${suite}`);
  const report = join(testResults, `${config}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const parameters = ['run', '--config', config, ...reporters];
  const { code } = await run(process.execPath, [tool('vitest/vitest.mjs'), ...parameters], { show: true });
  return tallyOf(suite, report, code);
}

await rm(testResults, { recursive: true, force: true });

// Where the tiny model cannot be had, the tests that need it are skipped and counted as that.
await step('Tiny model', prepareTinyModel).catch(() => undefined);
const setUp = [await stepCheck('VS Code', prepareVscodeHost), await stepCheck('Chromium', prepareChromium)];
const packaged = async (): Promise<readonly Tally[]> => [
  await stepCheck('Build', buildForRelease),
  await stepCheck('Package', packageExtension),
];
const tallies: readonly Tally[] = process.argv.includes('--looks')
  ? [...setUp, ...(await packaged()), await vitest('looks in VS Code', 'vitest.looks.config.ts')]
  : [
      ...setUp,
      await commandCheck('types', tool('typescript/bin/tsc'), ['-p', '.']),
      await commandCheck('types of the webview', tool('typescript/bin/tsc'), ['-p', 'src/webview']),
      await commandCheck('lint', tool('@biomejs/biome/bin/biome'), ['check', '.']),
      await vitest('unit tests', 'vitest.config.ts'),
      ...(await packaged()),
      await vitest('tests in VS Code', 'vitest.host.config.ts'),
    ];

const total = sum(tallies);
console.log('');
for (const name of total.skipped) console.log(`skipped: ${name}`);
for (const name of total.failed) console.log(`failed: ${name}`);
console.log(summaryLine(total));
process.exitCode = total.failed.length === 0 ? 0 : 1;
