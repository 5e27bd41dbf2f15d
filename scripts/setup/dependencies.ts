// Imported before every script: what package-lock.json lists is in node_modules, and failures end in one clear message.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';
import { npm, tail } from './run.ts';
import { SetupError, StepFailed, step } from './step.ts';

process.on('uncaughtException', (error) => {
  if (!(error instanceof StepFailed)) console.error(error);
  process.exit(1);
});

interface LockedPackage {
  readonly version?: string;
  readonly optional?: boolean;
}

function packagesIn(lockFile: string): Readonly<Record<string, LockedPackage>> {
  if (!existsSync(lockFile)) return {};
  return (JSON.parse(readFileSync(lockFile, 'utf8')) as { packages?: Record<string, LockedPackage> }).packages ?? {};
}

/** npm keeps in node_modules a list of what it put there; packages of other platforms are optional and not in it. */
function missing(): string[] {
  const installed = packagesIn(join(root, 'node_modules/.package-lock.json'));
  return Object.entries(packagesIn(join(root, 'package-lock.json')))
    .filter(([path]) => path !== '')
    .filter(([path, wanted]) => {
      const found = installed[path];
      return found === undefined ? wanted.optional !== true : found.version !== wanted.version;
    })
    .map(([path]) => path);
}

await step('Dependencies', async () => {
  if (missing().length === 0) return false;
  // Nothing we use needs a package's install script, and not running them is safer.
  const { code, output } = await npm(['ci', '--ignore-scripts'], root);
  if (code !== 0)
    throw new SetupError(tail(output), 'Check that the npm registry can be reached (npm ping) and run this again.');
  return `${Object.keys(packagesIn(join(root, 'node_modules/.package-lock.json'))).length} packages`;
});
