/** VS Code's language id for a file name, for the languages the corpora and the scanner know. */
export function languageOf(filename: string): string {
  const name = filename.slice(filename.lastIndexOf('/') + 1);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return byName.get(name) ?? byExtension.get(extension) ?? 'plaintext';
}

const byName = new Map([
  ['Makefile', 'makefile'],
  ['Dockerfile', 'dockerfile'],
]);

const extensions: Readonly<Record<string, string>> = {
  c: 'c h',
  clojure: 'clj cljs cljc edn',
  coffeescript: 'coffee',
  cpp: 'cpp cc cxx hpp hh',
  csharp: 'cs',
  css: 'css',
  csv: 'csv',
  dart: 'dart',
  elixir: 'ex exs',
  elm: 'elm',
  fsharp: 'fs fsx fsi',
  gdscript: 'gd',
  go: 'go',
  graphql: 'graphql gql',
  groovy: 'groovy gradle',
  haskell: 'hs',
  html: 'html htm',
  ini: 'ini cfg',
  java: 'java',
  javascript: 'js mjs cjs',
  javascriptreact: 'jsx',
  json: 'json',
  jsonc: 'jsonc',
  julia: 'jl',
  kotlin: 'kt kts',
  latex: 'tex',
  lisp: 'lisp el scm',
  lua: 'lua',
  makefile: 'mk',
  markdown: 'md markdown',
  nim: 'nim',
  'objective-c': 'm',
  'objective-cpp': 'mm',
  ocaml: 'ml mli',
  perl: 'pl pm',
  php: 'php',
  powershell: 'ps1',
  python: 'py pyi',
  r: 'r',
  ruby: 'rb',
  rust: 'rs',
  scala: 'scala sc',
  scss: 'scss',
  less: 'less',
  shellscript: 'sh bash zsh',
  solidity: 'sol',
  sql: 'sql',
  svelte: 'svelte',
  swift: 'swift',
  terraform: 'tf',
  toml: 'toml',
  typescript: 'ts mts cts',
  typescriptreact: 'tsx',
  vue: 'vue',
  xml: 'xml svg',
  yaml: 'yaml yml',
  zig: 'zig',
};

const byExtension = new Map(
  Object.entries(extensions).flatMap(([id, names]) => names.split(' ').map((name) => [name, id] as const)),
);
