import type { BuildOptions } from 'esbuild';

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

const node: BuildOptions = { ...shared, platform: 'node', target: 'node22', external: ['vscode'] };

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
      // The runtime has native parts and is fetched on first use, so it is found at run time, not bundled.
      external: ['node-llama-cpp'],
    },
  },
  {
    name: 'webview',
    options: {
      ...shared,
      entryPoints: { main: 'src/webview/main.tsx', chat: 'src/webview/chat.css' },
      outdir: 'dist/webview',
      format: 'iife',
      platform: 'browser',
      target: 'chrome140',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      loader: { '.ttf': 'file', '.woff2': 'file' },
      assetNames: '[name]',
    },
  },
];
