// npm run build: dist/ as it is shipped.   npm run build -- --watch: with source maps, again at every change (F5).
import { context } from 'esbuild';
import { buildForRelease, bundlesToBuild } from './build/build.ts';
import { writeGrammars } from './build/grammars.ts';
import { root } from './setup/paths.ts';
import { step } from './setup/step.ts';

if (process.argv.includes('--watch')) {
  const contexts = await Promise.all(
    bundlesToBuild().map(({ options }) =>
      context({ ...options, absWorkingDir: root, sourcemap: true, logLevel: 'info' }),
    ),
  );
  await writeGrammars();
  // All are there once before the first says that it is finished: VS Code starts on that word.
  await Promise.all(contexts.map((each) => each.rebuild()));
  for (const each of contexts) await each.watch();
} else {
  await step('Build', buildForRelease);
}
