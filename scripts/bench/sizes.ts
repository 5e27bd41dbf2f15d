// What is downloaded and what is read at start.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, vsixFile } from '../setup/paths.ts';
import { printFigure } from './figure.ts';

function kilobytes(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size / 1000;
  return readdirSync(path).reduce((sum, name) => sum + kilobytes(join(path, name)), 0);
}

const dist = join(root, 'dist');
printFigure({ what: 'dist/extension.js', unit: 'kB', tutti: kilobytes(join(dist, 'extension.js')), limit: 200 });
printFigure({ what: 'dist/webview', unit: 'kB', tutti: kilobytes(join(dist, 'webview')), limit: 600 });
printFigure({ what: 'tutti.vsix', unit: 'kB', tutti: kilobytes(vsixFile), limit: 2000 });
