import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { root } from '../setup/paths.ts';
import { formulaPlugin } from './formula-plugin.ts';
import { iconFontPlugin } from './icon-font-plugin.ts';
import { llamaPlugin } from './llama-plugin.ts';

/** One esbuild run: what goes in, what comes out. */
export interface Bundle {
  readonly name: string;
  readonly options: Omit<BuildOptions, 'entryPoints'> & { readonly entryPoints: Record<string, string> };
}

const shared: BuildOptions = {
  bundle: true,
  format: 'esm',
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
};

const node: BuildOptions = {
  ...shared,
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  // For Node both are CommonJS, whose require() a module has not; l10n's reader of files nobody needs anyway.
  alias: {
    '@vscode/l10n': '@vscode/l10n/dist/browser.js',
    yaml: join(root, 'node_modules/yaml/browser/index.js'),
  },
};

const browser: Pick<BuildOptions, 'platform' | 'target'> = { platform: 'browser', target: 'chrome140' };

/** Everything that is bundled into dist/. */
export const bundles: readonly Bundle[] = [
  {
    name: 'extension',
    options: {
      ...node,
      entryPoints: { extension: 'src/extension.ts' },
      outdir: 'dist',
      // What extension.ts imports with import() becomes a chunk of its own, read when it is first used.
      splitting: true,
      chunkNames: 'chunks/[name]-[hash]',
    },
  },
  {
    name: 'inference',
    options: {
      ...node,
      entryPoints: { main: 'src/inference/main.ts' },
      outdir: 'dist/inference',
      // llama.cpp's compiled files are fetched on first use; only the JavaScript that drives them is in here.
      plugins: [llamaPlugin],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    },
  },
  {
    name: 'webview',
    options: {
      ...shared,
      entryPoints: {
        main: 'src/webview/main.tsx',
        chat: 'src/webview/chat.css',
        settings: 'src/webview/styles/settings.css',
        compare: 'src/webview/styles/compare.css',
        usage: 'src/webview/usage/main.tsx',
        'usage-page': 'src/webview/usage/usage.css',
      },
      outdir: 'dist/webview',
      ...browser,
      // What the page imports with import() is read when it is first used; all lies in one folder, so that
      // import.meta.url finds it.
      splitting: true,
      chunkNames: '[name]-[hash]',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      loader: { '.ttf': 'file', '.woff2': 'file' },
      assetNames: '[name]',
      plugins: [iconFontPlugin, formulaPlugin],
    },
  },
  {
    name: 'webview worker',
    options: {
      ...shared,
      ...browser,
      entryPoints: { 'highlight-worker': 'src/webview/code/highlight-worker.ts' },
      outdir: 'dist/webview',
      // It is started from its text, as which it has no address to import from.
      format: 'iife',
    },
  },
];
