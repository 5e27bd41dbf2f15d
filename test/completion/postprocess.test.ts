import { describe, expect, it } from 'vitest';
import { type Finished, finish } from '../../src/completion/finish.ts';
import { OutputReader } from '../../src/completion/output-reader.ts';
import type { SituationInput } from '../../src/completion/situation.ts';
import { situationOf } from './drawn.ts';

function finished(drawn: string, output: string, changed: Partial<SituationInput> = {}): Finished {
  const situation = situationOf(drawn, changed);
  const reader = new OutputReader(situation);
  reader.push(output);
  reader.end();
  return finish(reader, situation);
}

/** `shown`: the text, or a pattern of the reason why nothing is shown. */
type Row = readonly [
  name: string,
  drawn: string,
  output: string,
  shown: string | RegExp,
  changed?: Partial<SituationInput>,
];

function check(rows: readonly Row[]): void {
  for (const [name, drawn, output, shown, changed] of rows) {
    it(name, () => {
      const result = finished(drawn, output, changed);
      if (typeof shown === 'string') expect(result).toMatchObject({ kind: 'text', text: shown });
      else expect(result).toMatchObject({ kind: 'nothing', reason: expect.stringMatching(shown) });
    });
  }
}

/** A valid text comes out as it went in, by no filter's hand. */
function unharmed(
  rows: readonly (readonly [name: string, drawn: string, output: string, languageId?: string])[],
): void {
  for (const [name, drawn, output, languageId = 'typescript'] of rows) {
    it(name, () => {
      expect(finished(drawn, output, { languageId })).toMatchObject({ kind: 'text', text: output, cutBy: [] });
    });
  }
}

describe('valid texts come through unharmed', () => {
  unharmed([
    ['an address in code', 'const url = |;\n', "'https://example.org/src/index.ts'"],
    ['a comment', 'const a = 1; |\n', '// the first of /src/'],
    ['empty lines inside of a block', 'function f() {\n  |\n}\n', 'const a = 1;\n\n  const b = 2;\n\n  return a + b;'],
    [
      'cases that stand as deep as their switch',
      '\tif (ok) {\n\t\t|\n\t}\n',
      'switch (kind) {\n\t\tcase 1:\n\t\t\tone();\n\t\t}',
    ],
    ['an empty block', 'class A {\n  |\n', 'constructor() {\n  }\n\n  f() {}'],
    ['a whole inner block', 'function f() {\n  |\n}\n', 'if (a) {\n    return 1;\n  }\n  return 2;'],
    ['an else of the block the cursor is in', 'if (a) {\n  |\n}\n', 'one();\n} else {\n  two();'],
    ['the bracket that is missing', 'function f() {\n  one();|\n\nfunction g() {\n}\n', '\n}'],
    ['two brackets that are missing', 'class A {\n  f() {\n    one();|\n', '\n  }\n}'],
    ['its own parentheses before a closing one', 'call(|)\n', 'other(1, 2)'],
    ['a string that is left and entered again', 'print("|")\n', 'a" + b + "c'],
    ['a regular expression with a bracket', 'const r = |;\n', '/[(]\\)/.exec(text)'],
    ['rows of zeros', 'const m = [\n  |\n];\n', '[0, 0, 0],\n  [0, 0, 0],\n  [0, 0, 0],\n  [0, 0, 0],'],
    ['a generic before its bracket', 'const m = new Map<|>();\n', 'string, number'],
    ['an arrow after an operator of another language', 'let y = x |\n', '<| f |> g', 'fsharp'],
    ['struck-through text', '# |\n', 'was <s>one</s> is two', 'markdown'],
    ['a fenced block in Markdown', 'Like this:\n\n|\n', '```ts\nlet a = 1;\n```', 'markdown'],
    ['a fence in a doc comment', '/**\n * |\n */\nfunction f() {}\n', '```ts\n * f();\n * ```'],
    ['a lifetime', 'fn f|\n', "<'a>(x: &'a str) -> &'a str {\n    x\n}", 'rust'],
    ['deeper lists', 'items:\n  - name: web\n    |\n', 'ports:\n      - 80\n      - 443', 'yaml'],
    ['else after a dedent', 'def f(a):\n    if a:\n        |\n', 'return 1\n    else:\n        return 2', 'python'],
    [
      'a break that also follows',
      'switch (a) {\n  case 1:\n    |\n    break;\n}\n',
      'one();\n    break;\n  case 2:\n    two();',
    ],
    ['a word in the middle of a line', '  | = (-b - root) / (2 * a)\n', 'x2'],
    ['a line before another', '  |return a;\n', 'const a = 1;\n  '],
    ['the blank between two words', '|value = 1;\n', 'const '],
    ['the blank before a brace', "import {|} from 'a';\n", ' one, two '],
    ['the blank at the end of a string', 'print("|");\n', 'Total: '],
    [
      'rows of zeros and ones',
      'a = [\n  |\n];\n',
      '0, 0, 0, 0, 0,\n  0, 0, 0, 0, 0,\n  0, 0, 0, 0, 0,\n  1, 0, 0, 0, 0,',
    ],
    ['patterns of a shell’s case', 'case $a in\n  |\nesac\n', 'f) one ;;\n  g) two ;;', 'shellscript'],
    ['the end of a class in a namespace', 'namespace a {\nclass B {\n  int c;|\n\nint d();\n}\n', '\n};', 'cpp'],
    ['a decorator and its function', 'class A:\n    |\n', '@property\n    def b(self):\n        return 1', 'python'],
    ['list items', '- one\n|\n', '- two\n  - deeper\n- three', 'markdown'],
    ['a statement of SQL', 'SELECT a\nFROM b\n|\n', "WHERE c = 'd'\nORDER BY a;", 'sql'],
    ['only a comment', 'a();\n|\nb();\n', '// what comes next'],
  ]);
});

describe('control tokens', () => {
  check([
    ['end the text', 'const a = |\n', '1;<|endoftext|>const b = 2;', '1;'],
    ['of any family', 'const a = |\n', '1;<｜end▁of▁sentence｜>', '1;'],
    ['before the text are dropped', 'const a = |\n', '<|fim_middle|>1;', '1;'],
    ['broken off at the end are dropped', 'const a = |\n', '1;\n<|fim_mid', '1;'],
    ['of the own family', 'a|\n', ' = 1 [SUFFIX] b', ' = 1', { specialTokens: ['[SUFFIX]'] }],
    ['of another family are code', 'a|\n', ' = b[SUFFIX]', ' = b[SUFFIX]'],
    ['end of a sentence', 'const a = |\n', '1;</s>', '1;'],
    ['and nothing else leave nothing', 'const a = |\n', '<|endoftext|>', /nothing to add/],
  ]);
});

describe('answers of chat models', () => {
  const chat = { answer: 'chat' } as const;
  check([
    ['between tags', 'const a = |;\n', 'Sure!\n<completion>1</completion> Hope it helps', '1', chat],
    ['between tags on lines of their own', 'if (a) {\n|\n}\n', '<completion>\n  b();\n</completion>', '  b();', chat],
    ['fenced', 'const a = |;\n', 'Here is the code:\n```ts\n1\n```\nIt is one.', '1', chat],
    ['fenced between tags', 'const a = |;\n', '<completion>\n```ts\n1\n```\n</completion>', '1', chat],
    ['bare', 'const a = |;\n', '1', '1', chat],
    ['after a thought', 'const a = |;\n', '<think>one or ```two```?</think>\n<completion>1</completion>', '1', chat],
    ['only a thought', 'const a = |;\n', '<think>one or two?', /nothing to add/, chat],
    ['in words', 'const a = |;\n', 'Here is what belongs there: one', /in words/, chat],
    ['empty', 'const a = |;\n', '<completion></completion>', /nothing to add/, chat],
    ['with the line repeated', '  const a = |;\n', '<completion>const a = 1;</completion>', '1', chat],
    [
      'with lines above repeated',
      'function f() {\n  const one = 1;\n  |\n}\n',
      '```ts\nfunction f() {\n  const one = 1;\n  return one;\n}\n```',
      'return one;',
      chat,
    ],
    [
      'with the line’s beginning up to the middle of a word',
      '  const total = comp|\n',
      '<completion>  const total = compute(1);</completion>',
      'ute(1);',
      chat,
    ],
    [
      'with a closed block above repeated',
      'function f() {\n  one();\n}\n\nfunction g() {\n  |\n}\n',
      '```\n  one();\n}\n\nfunction g() {\n  two();\n```',
      'two();',
      chat,
    ],
    [
      'on the line below, where the cursor’s is whole',
      'if (a) {|\n\nb();\n',
      '<completion>\n  one();\n}</completion>',
      '\n  one();\n}',
      chat,
    ],
    [
      'in words and a fence, for HTML',
      '<ul>\n  |\n</ul>\n',
      'Here it is:\n```html\n<li>One</li>\n```\nDone.',
      '<li>One</li>',
      { answer: 'chat', languageId: 'html' },
    ],
    [
      'Python from the left edge',
      'def f(a):\n    |\n',
      '```python\nif a:\n    one()\nreturn two()\n```',
      'if a:\n        one()\n    return two()',
      { answer: 'chat', languageId: 'python' },
    ],
    ['from the left edge', 'class A {\n    |\n}\n', '```\nf() {\n  one();\n}\n```', 'f() {\n      one();\n    }', chat],
  ]);
});

describe('fences of completion models', () => {
  check([
    ['around the text', 'const a = |;\n', '```ts\n1\n```\n', '1'],
    ['after the text', 'const a = |\n', '1;\n```\nThis is', '1;'],
  ]);
});

describe('what already follows the cursor', () => {
  check([
    ['a closing bracket', 'call(|)\n', 'a, b)', 'a, b'],
    ['a bracket and a semicolon', 'call(|);\n', 'a, b);', 'a, b'],
    ['a quote', 'import a from "|";\n', 'node:fs";', 'node:fs'],
    ['the rest of the line', 'const x | = 1;\n', 'y = 1;', 'y'],
    ['a bracket the text goes on behind', 'function f(|)\n', 'a) {\n  return a;\n}', 'a) {\n  return a;\n}'],
    ['the bracket below', 'interface A {\n  a: 1;\n  b|\n}\n', ': 2;\n}', ': 2;'],
    ['the bracket of a list below', 'const a = [\n  1,\n  |\n];\n', '2,\n];', '2,'],
    ['lines below', 'one();\n|\nthree();\nfour();\n', 'two();\nthree();\nfour();', 'two();'],
    [
      'lines below, and more',
      'a = {\n  |\n};\nconst second = a.b;\n',
      'b: 1,\n};\nconst second = a.b;\nlet c;',
      'b: 1,',
    ],
    ['only the next line', '  |;\n\n  return () => clear(it);\n', 'return () => clear(it);', /already|repeated/],
    ['only the rest of the line', 'call(a|);\n', ');', /already stands/],
    ['the else that follows', 'if (a) {\n  |\n} else {\n  two();\n}\n', 'one();\n} else {\n  two();\n}', 'one();'],
    ['a bracket behind a string that is still open', 'result.discard("|)\n', 'binary")', 'binary"'],
    [
      'a bracket and lines behind an open string',
      'log("|);\nfirst(one);\nsecond(two);\n',
      'done");\nfirst(one);\nsecond(two);\nthird',
      'done"',
    ],
    [
      'lines below, broken off',
      'a: 1\n|\nlanguage: python\nversion: 3\n',
      'b: 2\nlanguage: python\nvers<|endoftext|>',
      'b: 2',
      { languageId: 'yaml' },
    ],
    [
      'lines of the block it opens itself',
      'const |\n  console.warn("one");\n  console.warn("two");\n  return undefined;\n};\n',
      'f = () => {\n  console.warn("one");\n  console.warn("two");\n  return undefined;\n};\n\nconst g',
      'f = () => {',
    ],
    ['the end of a Ruby block', 'def a\n  |\nend\n', 'foo\nend', 'foo', { languageId: 'ruby' }],
  ]);
});

describe('where a text ends', () => {
  check([
    ['the block closes', 'class A {\n  f() {\n    one();\n|', '  }\n\n  g() {\n    two();\n  }\n', '  }'],
    ['the block closes twice', 'class A {\n  f() {\n    one();\n|', '  }\n}\n\nclass B {\n}\n', '  }\n}'],
    ['a callback closes', "it('a', () => {\n  |\n", "one();\n});\n\nit('b', () => {\n  two();", 'one();\n});'],
    [
      'the indentation ends the block',
      'def f():\n    |\n',
      'return 1\n\ndef g():\n    return 2\n',
      'return 1',
      { languageId: 'python' },
    ],
    ['the same lines come again and again', '|\n', `${'doSomething(again);\n'.repeat(9)}`, 'doSomething(again);'],
    ['a key is written twice', 'a: 1\n|\n', 'b: 2\nb: 2\n', 'b: 2', { languageId: 'yaml' }],
    ['too many lines', '|\n', 'a\nb\nc\nd', 'a\nb\nc', { maxLines: 3, languageId: 'plaintext' }],
    ['words follow on the line', 'const a = | + b;\n', 'c\nconst d = 1;', 'c'],
    [
      'the lines above once more',
      'first(one, two);\nsecond(three);\n|\n',
      'first(one, two);\nsecond(three);',
      /lines above/,
    ],
  ]);
});

describe('indentation', () => {
  const tabs = { indentation: { insertSpaces: false, tabSize: 4 } };
  const blanks = { indentation: { insertSpaces: true, tabSize: 2 } };
  check([
    [
      'blanks become tabs',
      'func f() {\n\t|\n}\n',
      'if a {\n        b()\n    }',
      'if a {\n\t\tb()\n\t}',
      { ...tabs, languageId: 'go' },
    ],
    [
      'levels of two blanks become tabs',
      '{\n\t|\n}\n',
      'a {\n    b()\n  }',
      'a {\n\t\tb()\n\t}',
      { ...tabs, languageId: 'go' },
    ],
    ['tabs become blanks', '{\n  |\n}\n', 'if (a) {\n\t\tb();\n\t}', 'if (a) {\n    b();\n  }', blanks],
    ['is not written twice', 'if (a) {\n    one();\n    |\n}\n', '    two();\n    three();', 'two();\n    three();'],
    ['is completed where the cursor stands left of it', 'if (a) {\n    one();\n  |\n}\n', '  two();', '  two();'],
    [
      'one blank too many in every line goes',
      'def f(n):\n    |\n',
      ' a = [0]\n     while a:\n         a.pop()\n     return a',
      'a = [0]\n    while a:\n        a.pop()\n    return a',
      { languageId: 'python', indentation: { insertSpaces: true, tabSize: 4 } },
    ],
    [
      'stays as it is in a file that has both',
      'f()\n{\n  one();\n\ttwo();\n\n  |\n}\n',
      'if (a)\n    three();',
      'if (a)\n    three();',
      { ...tabs, languageId: 'c' },
    ],
    [
      'of a list’s element is not written twice',
      'a = [\n    1,\n    |\n]\n',
      '    2,',
      '2,',
      { languageId: 'python', indentation: { insertSpaces: true, tabSize: 4 } },
    ],
    [
      'in tabs ends no block of blanks',
      'def f():\n    |\n\ndef g():\n    pass\n',
      'one()\n\tif two():\n\t\tthree()',
      'one()\n    if two():\n        three()',
      { languageId: 'python', indentation: { insertSpaces: true, tabSize: 4 } },
    ],
    ['is left alone where nobody knows', '\t|\n', 'a {\n    b\n\t}', 'a {\n    b\n\t}', { languageId: 'go' }],
  ]);
});

describe('blanks and line ends', () => {
  check([
    ['at the end go', 'const a = |\n', '1;  \n\n  ', '1;'],
    ['a second one after a blank goes', 'const a = |\n', ' 1;', '1;'],
    ['heaps of empty lines at the beginning go', 'one();|\n', '\n\n\n\n\ntwo();', '\n\ntwo();'],
    ['line ends are the file’s', 'a {\r\n  |\r\n}\r\n', 'b();\n  c();\n}', 'b();\r\n  c();'],
    ['line ends of the answer do not matter', 'a {\n  |\n}\n', 'b();\r\n  c();\r\n}', 'b();\n  c();'],
    ['endless empty lines are nothing', 'a();\n|\n', `${'\n'.repeat(5000)}b();`, /nothing to add/],
    ['only blanks are nothing', 'a {\n  |\n}\n', '  \n \n', /nothing to add/],
  ]);
});
