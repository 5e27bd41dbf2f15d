import { describe, expect, it } from 'vitest';
import { finish } from '../../../src/completion/finish.ts';
import { OutputReader } from '../../../src/completion/output-reader.ts';
import { situationOf } from '../drawn.ts';
import { grammarFor } from '../grammars-for-tests.ts';

type Row = readonly [name: string, drawn: string, output: string, shown: string];

/** What is shown of an answer that comes line by line, with the grammar loaded; `shown` as the row says. */
function check(languageId: string, rows: readonly Row[]): void {
  it.each(rows)('%s', async (_name, drawn, output, shown) => {
    const situation = situationOf(drawn, { languageId, grammar: await grammarFor(languageId) });
    const reader = new OutputReader(situation);
    for (const line of output.split(/(?<=\n)/)) reader.push(line);
    reader.end();
    expect(finish(reader, situation)).toMatchObject({ kind: 'text', text: shown });
  });
}

describe('TypeScript', () => {
  check('typescript', [
    [
      'a function among others is one',
      '|',
      'function a() {\n  one();\n}\n\nfunction b() {\n}\n',
      'function a() {\n  one();\n}',
    ],
    [
      'a statement that was begun',
      'function f() {\n  const a = g(|\n',
      '1,\n    2,\n  );\n  other();\n',
      '1,\n    2,\n  );',
    ],
    [
      'else on a line of its own goes on',
      'if (a) {\n  |',
      'b();\n}\nelse {\n  c();\n}\nd();\n',
      'b();\n}\nelse {\n  c();\n}',
    ],
    [
      'a chain goes on',
      'const a = list|\n',
      '.map((b) => {\n  return b;\n})\n.sort();\nnext();\n',
      '.map((b) => {\n  return b;\n})\n.sort();',
    ],
    ['brackets in a template are text', 'function f() {\n  |\n}\n', 'return `}\n}\n}`;', 'return `}\n}\n}`;'],
    ['a brace below is not closed again', 'function f() {\n  |\n}\n', 'a();\n}\n\nfunction g() {\n  b();\n}\n', 'a();'],
    [
      'statements of a block are all wanted',
      'function f() {\n  |\n}\n',
      'if (a) {\n    b();\n  }\n  c();\n  d();',
      'if (a) {\n    b();\n  }\n  c();\n  d();',
    ],
    [
      'a comment leads in what it describes',
      '/** |',
      'Adds. */\nfunction add() {\n  return 1;\n}\n\nfunction b() {\n}\n',
      'Adds. */\nfunction add() {\n  return 1;\n}',
    ],
    [
      'the only member, then its class closes',
      'new A({\n  |\n',
      'run() {\n    one();\n  },\n});\nnext();\n',
      'run() {\n    one();\n  },\n});',
    ],
    ['broken code above falls back', 'const = ( {\nfunction f() {\n  |\n}\n', 'a();\n  b();', 'a();\n  b();'],
  ]);
});

describe('Python', () => {
  check('python', [
    ['a function ends with its block', 'def f(|\n', 'a):\n    return a\n\n\ndef g():\n    pass\n', 'a):\n    return a'],
    ['else goes on', 'if a:\n    |', 'b()\nelse:\n    c()\nd()\n', 'b()\nelse:\n    c()'],
    ['text at the left edge is still text', 'def f():\n    a = """\n|', 'left\n"""\n    return a\n', 'left\n"""'],
    [
      'a docstring leads in a body',
      'def f():\n    """|',
      'Adds."""\n    a = 1\n    return a\n\ndef g():\n    pass\n',
      'Adds."""\n    a = 1\n    return a',
    ],
  ]);
});

describe('Ruby', () => {
  check('ruby', [
    ['end closes what is open', 'def a\n  |\n', 'b if c\nend\n\ndef d\nend\n', 'b if c\nend'],
    [
      'end that follows is not written twice',
      'class A\n  def a\n    |\n  end\nend\n',
      'list.each do |b|\n      c(b)\n    end\n  end\n\n  def d\n  end\n',
      'list.each do |b|\n      c(b)\n    end',
    ],
  ]);
});

describe('other languages', () => {
  describe('Rust', () =>
    check('rust', [
      [
        'the only function of a block',
        'impl A {\n    |\n',
        "fn a(&'a self) -> char {\n        '}'\n    }\n}\n\nfn b() {}\n",
        "fn a(&'a self) -> char {\n        '}'\n    }\n}",
      ],
    ]));
  describe('C++', () =>
    check('cpp', [
      [
        'else without braces',
        'void f() {\n  if (a|\n',
        ')\n    b();\n  else // c\n    d();\n  e();\n',
        ')\n    b();\n  else // c\n    d();',
      ],
    ]));
  describe('Go', () =>
    check('go', [
      ['a function among others', 'package a\n\n|', 'func b() {\n\tc()\n}\n\nfunc d() {\n}\n', 'func b() {\n\tc()\n}'],
    ]));
  describe('Java', () =>
    check('java', [
      [
        'the members of a class are wanted together',
        'class A {\n  |\n}\n',
        'void a() {\n    b();\n  }\n\n  void c() {\n  }',
        'void a() {\n    b();\n  }\n\n  void c() {\n  }',
      ],
    ]));
  describe('C#', () =>
    check('csharp', [
      [
        'a catch of its own line',
        'class A {\n  void B() {\n    try {\n      |\n',
        'c();\n    }\n    catch (E e)\n    {\n      d();\n    }\n    f();\n',
        'c();\n    }\n    catch (E e)\n    {\n      d();\n    }',
      ],
    ]));
  describe('PHP', () =>
    check('php', [
      [
        'a function among others',
        '<?php\n|',
        "function a() {\n  return '}';\n}\n\nfunction b() {\n}\n",
        "function a() {\n  return '}';\n}",
      ],
    ]));
  describe('CSS', () =>
    check('css', [['a rule among others', '|', 'a {\n  b: c;\n}\n\nd {\n  e: f;\n}\n', 'a {\n  b: c;\n}']]));
});
