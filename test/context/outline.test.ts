import { describe, expect, it } from 'vitest';
import { declarationsIn } from '../../src/context/declarations.ts';
import { outline } from '../../src/context/outline.ts';
import { languageOf } from './scripted-workspace.ts';

const work = (indent: string): string => `${indent}doSomething(with, many, arguments);\n`.repeat(20);

function check(text: string, name: string, expected: string): void {
  expect(outline(text, name)).toBe(expected);
}

describe('a long definition', () => {
  it('of a function is its docs and its head', () => {
    check(
      `/** What it does. */\nexport function pay(\n  basket: Basket,\n  by: Card,\n): Receipt {\n${work('  ')}}`,
      'pay',
      '/** What it does. */\nexport function pay(\n  basket: Basket,\n  by: Card,\n): Receipt;',
    );
  });

  it('of a class is the heads of its members', () => {
    check(
      `export class Shop {\n  readonly #open = true;\n\n  /** All of it. */\n  sell(item: Item): number {\n${work('    ')}  }\n\n  close(\n    at: Date,\n  ): void {\n${work('    ')}  }\n}`,
      'Shop',
      'export class Shop {\n  readonly #open = true;\n  /** All of it. */\n  sell(item: Item): number;\n  close(\n    at: Date,\n  ): void;\n}',
    );
  });

  it('of a class in Python is the same', () => {
    check(
      `class Shop(Base):\n    open = True\n\n    def sell(self, item):\n${work('        ')}\n    def close(self):\n${work('        ')}`,
      'Shop',
      'class Shop(Base):\n    open = True\n    def sell(self, item): ...\n    def close(self): ...',
    );
  });

  it('that is short stays as it is', () => {
    const text = 'const rate = (price: number): number => {\n  return price / 2;\n};';
    check(text, 'rate', text);
  });

  it('is never longer than a page', () => {
    const text = `interface Large {\n${Array.from({ length: 500 }, (_, index) => `  readonly field${index}: string;\n`).join('')}}`;
    expect(outline(text, 'Large').length).toBeLessThanOrEqual(2400);
    expect(outline(text, 'Large')).toContain('field9:');
  });
});

describe('what a file declares', () => {
  it.each<[path: string, text: string, declared: readonly string[]]>([
    [
      'a.ts',
      'export const one = 1;\nlet two;\nexport default class Three {\n  four() {}\n}\nexport abstract class Five {}',
      ['one', 'two', 'Three', 'Five'],
    ],
    [
      'a.ts',
      'export async function* one() {}\nexport type Two = 1;\ndeclare namespace Three {}\nconst enum Four {}',
      ['one', 'Two', 'Three', 'Four'],
    ],
    ['a.js', 'exports.one = 1\nmodule.exports.two = two\ncall(three)\nreturn four', ['one', 'two']],
    ['a.py', 'LIMIT = 3\nasync def one(): pass\nclass Two:\n    def three(self): pass', ['LIMIT', 'one', 'Two']],
    ['a.go', 'func One() {}\nfunc (s *Shop) Two() {}\ntype Three struct {\n}', ['One', 'Two', 'Three']],
    [
      'a.rs',
      'pub(crate) fn one() {}\npub struct Two;\nconst fn three() {}\ntrait Four {}',
      ['one', 'Two', 'three', 'Four'],
    ],
    [
      'a.c',
      '#define ONE 1\nstatic char *two(int a) {\n  return call(a);\n}\nint three(void);',
      ['ONE', 'two', 'three'],
    ],
    ['a.java', 'public final class One {\n}\n', ['One']],
    ['a.rb', 'class One\n  def two; end\nend\ndef self.three\nend', ['One', 'three']],
  ])('%s: %s', (path, text, declared) => {
    expect(declarationsIn(text.split('\n'), languageOf(path)).map(({ name }) => name)).toEqual(declared);
  });

  it('begins with its docs and ends where it closes', () => {
    const lines = '// other\n\n/** Docs. */\nfunction one(\n  a,\n) {\n  b();\n}\nrest();'.split('\n');
    expect(declarationsIn(lines, 'javascript')).toEqual([{ name: 'one', line: 2, endLine: 8 }]);
  });
});
