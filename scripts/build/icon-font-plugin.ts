/// <reference path="./subset-font.d.ts" />
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import subsetFont from 'subset-font';
import { root } from '../setup/paths.ts';

/** Of the icon font only the icons go into the package that the pages have a rule for: 4 kB instead of 126. */
export const iconFontPlugin: Plugin = {
  name: 'icon font',
  setup(build) {
    build.onLoad({ filter: /codicon\.ttf$/ }, async ({ path }) => {
      const rules = join(root, 'src/webview/styles/icons.css');
      const [font, css] = await Promise.all([readFile(path), readFile(rules, 'utf8')]);
      const icons = [...css.matchAll(/content: "\\([\da-f]+)"/g)].map(([, digits = '']) => Number.parseInt(digits, 16));
      const contents = await subsetFont(font, String.fromCodePoint(...icons), { targetFormat: 'truetype' });
      return { contents, loader: 'file', watchFiles: [rules] };
    });
  },
};
