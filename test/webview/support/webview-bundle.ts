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
  const found = bundles.filter((bundle) => bundle.name.startsWith('webview'));
  if (found.length === 0) throw new Error('scripts/build/bundles.ts has no bundle named webview');
  const folder = mkdtempSync(join(tmpdir(), 'tutti-webview-'));
  for (const { name, options } of found) {
    const more = name === 'webview' ? { sanitiser: 'test/webview/support/sanitiser-page.ts' } : {};
    await build({
      ...options,
      absWorkingDir: root,
      entryPoints: { ...options.entryPoints, ...more },
      outdir: folder,
      minify: true,
    });
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
