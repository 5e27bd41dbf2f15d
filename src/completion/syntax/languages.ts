/** What the bracket scanner has to know of a language; a light reading, not a grammar. */
export interface Syntax {
  readonly lineComments: readonly string[];
  readonly blockComment?: readonly [string, string];
  /** Quotes of strings that end on their line. */
  readonly quotes: readonly string[];
  /** Quotes of strings that may span lines. */
  readonly longQuotes: readonly string[];
  /** `'` encloses one character only; else it is a lifetime, a prime, a quote mark. */
  readonly charQuote?: boolean;
  /** `/…/` may be a regular expression, whose brackets do not count. */
  readonly regex?: boolean;
  /** Blocks end by indentation. */
  readonly offside?: boolean;
  /** Brackets mean nothing certain here. */
  readonly prose?: boolean;
  /** Three backticks are part of the language. */
  readonly fences?: boolean;
}

const cLike: Syntax = {
  lineComments: ['//'],
  blockComment: ['/*', '*/'],
  quotes: ['"', "'"],
  longQuotes: ['`', '"""'],
};
const script: Syntax = { ...cLike, regex: true };
const styleSheet: Syntax = { lineComments: [], blockComment: ['/*', '*/'], quotes: ['"', "'"], longQuotes: [] };
const hash: Syntax = { lineComments: ['#'], quotes: ['"', "'"], longQuotes: [] };
const ruby: Syntax = { ...hash, regex: true };
const python: Syntax = { lineComments: ['#'], quotes: ['"', "'"], longQuotes: ['"""', "'''"], offside: true };
const dashes: Syntax = { lineComments: ['--'], quotes: ['"', "'"], longQuotes: [] };
const rust: Syntax = {
  lineComments: ['//'],
  blockComment: ['/*', '*/'],
  quotes: ['"'],
  longQuotes: [],
  charQuote: true,
};
const lisp: Syntax = { lineComments: [';'], quotes: ['"'], longQuotes: [] };
const functional: Syntax = { lineComments: ['--'], quotes: ['"'], longQuotes: [], charQuote: true };
const ml: Syntax = {
  lineComments: ['//'],
  blockComment: ['(*', '*)'],
  quotes: ['"'],
  longQuotes: ['"""'],
  charQuote: true,
};
const prose: Syntax = { lineComments: [], quotes: [], longQuotes: [], prose: true };
const markdown: Syntax = { ...prose, fences: true };
const unknown: Syntax = { lineComments: [], quotes: ['"', "'"], longQuotes: [] };

/** VS Code language ids; one that is missing is read as `unknown`. */
const rows: readonly (readonly [Syntax, string])[] = [
  [cLike, 'c cpp csharp cuda-cpp dart go groovy java json jsonc json5 kotlin objective-c objective-cpp'],
  [cLike, 'php scala solidity swift zig glsl hlsl proto3 scss less'],
  [script, 'javascript javascriptreact typescript typescriptreact svelte vue'],
  [styleSheet, 'css'],
  [hash, 'dockerfile elixir graphql julia makefile nix powershell r shellscript terraform'],
  [hash, 'toml yaml ini properties'],
  [ruby, 'coffeescript crystal perl ruby'],
  [python, 'python gdscript nim starlark mojo'],
  [dashes, 'lua sql ada vhdl'],
  [rust, 'rust'],
  [lisp, 'clojure lisp scheme racket elisp commonlisp'],
  [functional, 'haskell elm purescript'],
  [ml, 'fsharp ocaml'],
  [markdown, 'plaintext markdown mdx restructuredtext git-commit scminput'],
  [prose, 'html xml latex tex bibtex csv tsv log handlebars'],
];

const byLanguage = new Map(rows.flatMap(([syntax, ids]) => ids.split(' ').map((id) => [id, syntax] as const)));

export function syntaxOf(languageId: string): Syntax {
  return byLanguage.get(languageId) ?? unknown;
}
