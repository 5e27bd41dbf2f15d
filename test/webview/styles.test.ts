import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/paths.ts';
import { themes } from './support/themes.ts';
import { buildWebview } from './support/webview-bundle.ts';

const css = ['src/webview/styles', 'src/webview/usage']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
  .filter((file) => file.endsWith('.css'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const rules = css.replaceAll(/\/\*[\s\S]*?\*\//g, '');

describe('styles', () => {
  it('have no colour but the theme’s', () => {
    const values = [...rules.matchAll(/:\s([^;{}]+);/g)].map(
      (match) => match[1]?.replaceAll(/--vscode-[\w-]+/g, '') ?? '',
    );
    const own = values.filter((value) =>
      /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|\b(?:white|black|red|gr[ae]y|blue|green)\b/i.test(value),
    );
    expect(own).toEqual([]);
  });

  it('name only variables that VS Code sets in one of the themes', () => {
    const used = new Set([...rules.matchAll(/--vscode-[\w-]+/g)].map(([name]) => name));
    const set = new Set(themes.flatMap((theme) => Object.keys(theme.variables)));
    // Of these, the three themes looked at set none; others do.
    const elsewhere = new Set(['--vscode-toolbar-hoverOutline']);
    expect([...used].filter((name) => !set.has(name) && !elsewhere.has(name))).toEqual([]);
  });

  it('have the codicon font’s own number for every icon', () => {
    const codicons = readFileSync(join(root, 'node_modules/@vscode/codicons/dist/codicon.css'), 'utf8');
    const numberOf = (sheet: string, prefix: string, name: string): string | undefined =>
      new RegExp(`\\.${prefix}-${name}::?before\\s*{\\s*content:\\s*"(\\\\[0-9a-f]+)"`).exec(sheet)?.[1];
    const source = readFileSync(join(root, 'src/webview/icon.tsx'), 'utf8');
    const names = [...source.matchAll(/^ {2}\| '([\w-]+)'/gm)].map((match) => match[1] ?? '');
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const number = numberOf(codicons, 'codicon', name);
      expect({ name, number }).toEqual({ name, number: expect.any(String) });
      expect({ name, number: numberOf(css, 'icon', name) }).toEqual({ name, number });
    }
  });

  it('and script are small', async () => {
    using bundle = await buildWebview();
    const size = (name: string): number => statSync(join(bundle.folder, name)).size;
    expect(size('main.js')).toBeLessThan(300_000);
    expect(size('chat.css')).toBeLessThan(30_000);
    expect(size('usage.js')).toBeLessThan(60_000);
    expect(size('usage-page.css')).toBeLessThan(20_000);
    expect(size('codicon.ttf')).toBeLessThan(15_000);
  });
});
