// npm run build: dist/ as it is shipped.   npm run build -- --watch: with source maps, again at every change (F5).
import { context } from 'esbuild';
import { buildForRelease, bundlesToBuild } from './build/build.ts';
import { root } from './setup/paths.ts';
import { step } from './setup/step.ts';

if (process.argv.includes('--watch')) {
  for (const { options } of bundlesToBuild()) {
    const watched = { ...options, absWorkingDir: root, sourcemap: true, logLevel: 'info' } as const;
    await (await context(watched)).watch();
  }
} else {
  await step('Build', buildForRelease);
}
