import { build, type Plugin } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { formulaPlugin } from '../../../scripts/build/formula-plugin.ts';
import { root } from '../../../scripts/setup/paths.ts';

type Typeset = (tex: string, displayMode: boolean) => string;

const page = `
  import katex from 'katex';
  export const typeset = (tex, displayMode) =>
    katex.renderToString(tex, { output: 'mathml', throwOnError: true, strict: 'ignore', displayMode });`;

async function bundled(plugins: Plugin[]): Promise<{ readonly typeset: Typeset; readonly size: number }> {
  const { outputFiles } = await build({
    ...{
      stdin: { contents: page, resolveDir: root },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      plugins,
    },
  });
  const { text = '' } = outputFiles?.[0] ?? {};
  const { typeset }: { typeset: Typeset } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return { typeset, size: text.length };
}

describe('formulas without what only KaTeX’s HTML needs', () => {
  let slim: Awaited<ReturnType<typeof bundled>>;
  let whole: Awaited<ReturnType<typeof bundled>>;
  beforeAll(async () => {
    [slim, whole] = await Promise.all([bundled([formulaPlugin]), bundled([])]);
  });

  function check(tex: string) {
    it(tex, () => {
      for (const display of [false, true]) expect(slim.typeset(tex, display)).toBe(whole.typeset(tex, display));
    });
  }

  check('\\frac{a}{b} + \\sqrt[3]{x^2} - \\overline{AB}');
  check('\\left( \\sum_{i=1}^n \\mathbb{R}_i \\right\\} \\bigg| \\Big\\lfloor x');
  check('\\mathbf{A} \\mathcal{B} \\mathfrak{C} \\mathsf{D} \\boldsymbol{\\alpha} \\mathscr{E} \\mathbb{1}');
  check(
    '\\begin{pmatrix} 1 & \\cdots \\\\ \\vdots & \\ddots \\end{pmatrix} \\begin{cases} a & b \\\\ c & d \\end{cases}',
  );
  check('\\widehat{xyz} \\xrightarrow[u]{o} \\underbrace{a+b}_{c} \\cancel{x} \\boxed{y} \\phase{30}');
  check('\\TeX \\LaTeX \\KaTeX');
  check('\\text{é größer 日本語 \\textbf{fett}}');
  check('x \\not= y \\in \\emptyset \\iff \\forall \\varepsilon \\exists \\delta');

  it('are a third smaller', () => expect(slim.size).toBeLessThan((whole.size * 2) / 3));
});
