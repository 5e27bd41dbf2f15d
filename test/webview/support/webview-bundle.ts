import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundles } from '../../../scripts/build/bundles.ts';
import { root } from '../../../scripts/setup/paths.ts';

export interface WebviewBundle extends Disposable {
  readonly folder: string;
}

/** The webview as it is shipped, in a temporary folder, with a page beside it that lays the sanitiser open. */
export async function buildWebview(): Promise<WebviewBundle> {
  const options = bundles.find((bundle) => bundle.name === 'webview')?.options;
  if (options === undefined) throw new Error('scripts/build/bundles.ts has no bundle named webview');
  const folder = mkdtempSync(join(tmpdir(), 'tutti-webview-'));
  await build({
    ...options,
    absWorkingDir: root,
    entryPoints: { ...options.entryPoints, sanitiser: 'test/webview/support/sanitiser-page.ts' },
    outdir: folder,
    minify: true,
  });
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
