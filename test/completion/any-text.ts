import fc from 'fast-check';

/** Pieces that texts of models and files are made of, the awkward ones among them. */
const pieces = fc.constantFrom(
  ...['const a = 1;', 'call(', 'a, b', ')', '{', '}', '[', ']', '"', "'", '`', ';', ',', ' ', '  ', '\t', 'return'],
  ...['\n', '\n', '\n  ', '\n\t', '\r\n', '```ts\n', '\n```\n', '// note', '/* x */', 'else', ': ', '<b>', '#', '\\'],
  ...[
    '<|fim_',
    'middle|>',
    '<|endoftext|>',
    '<fim_suffix>',
    '</s>',
    '<completion>',
    '</completion>',
    '<think>',
    'é',
    'e\u0301',
    '😀',
    '👩‍👩‍👧',
    '𝒳',
    '\t\t  ',
    'def f(a):\n    ',
    '}\n',
    '});\n',
    'long '.repeat(300),
  ],
);
export const someText = fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(''));
export const languages = fc.constantFrom(
  'typescript',
  'python',
  'markdown',
  'rust',
  'clojure',
  'yaml',
  'fsharp',
  'nothing',
);

const name = fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta');
const statement = fc.oneof(
  fc.tuple(name, fc.nat(99)).map(([a, n]) => [`const ${a} = ${n};`]),
  fc.tuple(name, name).map(([a, b]) => [`${a}.call(${b}, "${a}");`]),
  fc.tuple(name, name).map(([a, b]) => [`if (${a} > ${b}) {`, `    ${a}.stop(${b});`, '}']),
  fc.tuple(name, name).map(([a, b]) => [`const ${a} = [`, `    ${b},`, `    other(${b}),`, '];']),
);
const functionText = fc
  .tuple(name, fc.array(statement, { minLength: 1, maxLength: 4 }))
  .map(([a, body]) => [`function ${a}() {`, ...body.flat().map((line) => `    ${line}`), '}', '']);
/** The lines of a file of whole statements, as a person would lay it out. */
export const personsFile = fc.array(functionText, { minLength: 1, maxLength: 4 }).map((functions) => functions.flat());
