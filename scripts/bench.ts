// npm run bench [-- NAME…]: what Tutti costs, each figure beside a baseline measured in the same run.
import { join } from 'node:path';
import { buildForRelease } from './build/build.ts';
import { packageExtension } from './build/package.ts';
import { prepareChromium } from './setup/chromium.ts';
import { root } from './setup/paths.ts';
import { run } from './setup/run.ts';
import { step } from './setup/step.ts';
import { prepareVscodeHost } from './setup/vscode-host.ts';

/** Scripts of scripts/bench/, each run in a process of its own. */
const benches = [
  'sizes',
  'activation',
  'ghost-text',
  'stream',
  'typing',
  'cpu',
  'context',
  'usage',
  'gateway',
  'edits',
  'chat',
  'chat-vscode',
  'inference',
];

const chosen = process.argv.slice(2);
for (const name of chosen) if (!benches.includes(name)) throw new Error(`${name} is none of ${benches.join(', ')}`);

await step('VS Code', prepareVscodeHost);
await step('Chromium', prepareChromium);
await step('Build', buildForRelease);
await step('Package', packageExtension);

for (const name of benches.filter((bench) => chosen.length === 0 || chosen.includes(bench))) {
  console.log(`\n▸ ${name}`);
  const script = join(root, 'scripts/bench', `${name}.ts`);
  const { code } = await run(process.execPath, ['--disable-warning=ExperimentalWarning', script], { show: true });
  if (code !== 0) process.exitCode = 1;
}
