import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { root } from '../setup/paths.ts';

const library = join(dirname(createRequire(import.meta.url).resolve('node-llama-cpp')), '..');

/** Only used to compile llama.cpp, to fetch models or to draw progress in a terminal. */
const unused = [
  'async-retry',
  'filenamify',
  'ipull',
  'log-symbols',
  'ora',
  'pretty-ms',
  'simple-git',
  'slice-ansi',
  'stdout-update',
  'which',
];

/** Library files that look for something beside themselves, where a bundle has nothing, and what takes their place. */
const replaced: Readonly<Record<string, () => string>> = {
  // Finds the compiled addon: ours is where the extension has put it.
  'bindings/utils/compileLLamaCpp.js': () =>
    `export * from ${JSON.stringify(join(root, 'src/inference/native-addon.ts'))};`,
  // Reads a JSON file of the package.
  'bindings/utils/binariesGithubRelease.js': () => {
    const { release } = JSON.parse(readFileSync(join(library, 'llama/binariesGithubRelease.json'), 'utf8'));
    return `export const builtinLlamaCppRelease = ${JSON.stringify(release)};
      export const defaultLlamaCppRelease = builtinLlamaCppRelease;
      export const getBinariesGithubRelease = async () => builtinLlamaCppRelease;`;
  },
  // A clone of llama.cpp's repository to compile: there is none, and nobody else is busy compiling it.
  'bindings/utils/cloneLlamaCppRepo.js': () => `
      export const getClonedLlamaCppRepoReleaseInfo = async () => null;
      export const isLlamaCppRepoCloned = async () => false;`,
  'utils/waitForLockfileRelease.js': () => 'export const waitForLockfileRelease = async () => {};',
  // Loads the addon in a process of its own first, lest it crash this one. This one may crash: it is a child already.
  'bindings/utils/testBindingBinary.js': () => 'export const testBindingBinary = async () => true;',
};

/** Bundles node-llama-cpp's JavaScript without what it needs to build, download or find its native part by itself. */
export const llamaPlugin: Plugin = {
  name: 'llama',
  setup(build) {
    const met = new Set<string>();
    build.onResolve({ filter: /^node-llama-cpp$/ }, ({ path, pluginData, ...options }) => {
      if (pluginData === 'resolving') return undefined;
      return build
        .resolve(path, { ...options, pluginData: 'resolving' })
        .then((found) => ({ ...found, sideEffects: false }));
    });
    build.onResolve({ filter: new RegExp(`^(${unused.join('|')})$`) }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};' }));
    build.onLoad({ filter: /node-llama-cpp[\\/]dist[\\/]/ }, ({ path }) => {
      const name = Object.keys(replaced).find((suffix) => path.replaceAll('\\', '/').endsWith(suffix));
      if (name === undefined) return undefined;
      met.add(name);
      return { contents: replaced[name]?.() ?? '', resolveDir: root };
    });
    // Another version of the library may keep these things elsewhere: better no bundle than one that does not run.
    build.onEnd(() => {
      const lost = Object.keys(replaced).filter((name) => !met.has(name));
      return { errors: lost.map((name) => ({ text: `node-llama-cpp has no ${name} any more` })) };
    });
  },
};
