import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import { root } from '../setup/paths.ts';

/** What only KaTeX's HTML needs: outlines of roots, arrows and brackets, and who puts them together. */
const onlyForHtml: Readonly<Record<string, string>> = {
  svgGeometry: 'export const path = {}, phasePath = none, sqrtPath = none, innerPath = none, tallDelim = none;',
  delimiter:
    'export const sizeToMaxHeight = [0, 1.2, 1.8, 2.4, 3];' +
    'export const makeSqrtImage = none, makeSizedDelim = none, makeCustomSizedDelim = none, makeLeftRightDelim = none;',
  buildHTML:
    'export default none; export const buildExpression = none, getTypeOfDomTree = none, makeNullDelimiter = none, buildGroup = none;',
};
const none = 'const none = () => { throw new Error("Formulas are MathML"); };';

/** Formulas are written as MathML: what KaTeX knows of its own fonts and of HTML, a third of it, stays out of the package. */
export const formulaPlugin: Plugin = {
  name: 'formulas',
  setup(build) {
    build.initialOptions.define = { ...build.initialOptions.define, __VERSION__: '""' };
    build.onResolve({ filter: /^katex$/ }, () => ({ path: join(root, 'node_modules/katex/katex.ts') }));
    build.onLoad({ filter: /katex[\\/]src[\\/](?:svgGeometry|delimiter|buildHTML)\.ts$/ }, ({ path }) => {
      const name = /(\w+)\.ts$/.exec(path)?.[1] ?? '';
      return { contents: `${none}\n${onlyForHtml[name]}`, loader: 'js' };
    });
    build.onLoad({ filter: /katex[\\/]src[\\/]fontMetricsData\.js$/ }, async ({ path }) => {
      const { default: metrics }: { default: FontMetrics } = await import(pathToFileURL(path).href);
      return { contents: lettersOf(metrics), loader: 'js' };
    });
  },
};

type FontMetrics = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/** MathML asks only which letters a font has, and for the height of two of them, in names such as \TeX. */
function lettersOf(metrics: FontMetrics): string {
  const fonts = Object.entries(metrics).map(([font, letters]) => [font, ranges(Object.keys(letters).map(Number))]);
  const heights = ['65', '84'].map((code) => [code, metrics['Main-Regular']?.[code]]);
  return `
    const fonts = ${JSON.stringify(Object.fromEntries(fonts))};
    const metrics = {};
    for (const font in fonts) {
      metrics[font] = {};
      for (const [first, count] of fonts[font]) for (let nth = 0; nth < count; nth++) metrics[font][first + nth] = [0, 0, 0, 0, 0];
    }
    Object.assign(metrics['Main-Regular'], ${JSON.stringify(Object.fromEntries(heights))});
    export default metrics;`;
}

/** Numbers as `[first, how many in a row]`. */
function ranges(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const number of numbers.toSorted((one, other) => one - other)) {
    const last = found.at(-1);
    if (last !== undefined && last[0] + last[1] === number) last[1]++;
    else found.push([number, 1]);
  }
  return found;
}
