/** How the files of some languages name the files they use. */
export interface ImportPattern {
  readonly languages: string;
  /** Group 1: the specifier. Names that are imported stand elsewhere in the match. */
  readonly statement: RegExp;
  /** Paths, relative to the importing file's folder, likeliest first. `path` and `head` are the importing file's. */
  readonly candidates: (specifier: string, file: ImportingFile, statement: string) => readonly string[];
}

export interface ImportingFile {
  readonly path: string;
  readonly head: string;
}

const scriptEndings = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.mjs', '.cts', '.cjs', '.d.ts', '.vue', '.svelte'];
const scripts = 'typescript typescriptreact javascript javascriptreact vue svelte astro';
const cFamily = 'c cpp cuda-cpp objective-c objective-cpp';

export const importPatterns: readonly ImportPattern[] = [
  {
    languages: scripts,
    statement: /\b(?:import|export)\b[^'";]{0,1500}?\bfrom\s*['"](\.{1,2}\/[^'"\n]+|\.{1,2})['"]/g,
    candidates: script,
  },
  { languages: scripts, statement: /\bimport\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g, candidates: script },
  {
    languages: scripts,
    statement:
      /(?:\b(?:const|let|var|import)\s+[^=;]{1,400}?=\s*)?\brequire\(\s*['"](\.{1,2}(?:\/[^'"\n]*)?)['"]\s*\)/g,
    candidates: script,
  },
  {
    languages: 'python',
    statement: /^[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(?:\([^)]*\)|[^\n]*)/gm,
    candidates: python,
  },
  {
    languages: 'python',
    statement: /^[ \t]*import[ \t]+([\w.]+)(?:[ \t]+as[ \t]+\w+)?/gm,
    candidates: python,
  },
  {
    languages: 'go',
    statement: /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w.-]+\/[\w./-]+)"\s*$/gm,
    candidates: (specifier) => {
      const parts = specifier.split('/');
      const name = parts.at(-1) ?? '';
      return parts.slice(1, 4).flatMap((_, index) => climbing(`${parts.slice(-1 - index).join('/')}/${name}.go`, 1, 3));
    },
  },
  { languages: 'rust', statement: /^\s*(?:pub\s+)?mod\s+(\w+)\s*;/gm, candidates: rustModule },
  {
    languages: 'rust',
    statement: /^\s*(?:pub(?:\([^)]*\))?\s+)?use\s+((?:crate|super|self)(?:::\w+)+)[^;]*;/gm,
    candidates: rustUse,
  },
  {
    languages: cFamily,
    statement: /^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"/gm,
    candidates: (specifier) => [
      specifier,
      `include/${specifier}`,
      ...climbing(specifier, 1, 3),
      ...climbing(`include/${specifier}`, 1, 3),
    ],
  },
  {
    languages: 'java kotlin scala groovy',
    statement: /^[ \t]*import\s+(?:static\s+)?([a-z_][\w]*(?:\.\w+)+)/gm,
    candidates: (specifier, { head }) => {
      const own = /^\s*package\s+([\w.]+)/m.exec(head)?.[1]?.split('.').length ?? 0;
      const file = specifier.replaceAll('.', '/');
      const owner = file.slice(0, file.lastIndexOf('/'));
      return [file, owner].flatMap((name) =>
        ['.java', '.kt', '.scala', '.groovy'].map((ending) => `${'../'.repeat(own)}${name}${ending}`),
      );
    },
  },
  {
    languages: 'php',
    statement: /\b(?:require|include)(?:_once)?\s*\(?\s*(?:__DIR__\s*\.\s*)?['"]\/?([^'"\n]+\.php)['"]/g,
    candidates: (specifier) => [specifier, ...climbing(specifier, 1, 2)],
  },
  {
    languages: 'php',
    statement: /^\s*use\s+(?:function\s+)?([A-Z]\w*(?:\\\w+)+)/gm,
    candidates: (specifier, { head }) => {
      const own = /^\s*namespace\s+([\w\\]+)/m.exec(head)?.[1]?.split('\\') ?? [];
      const parts = specifier.split('\\');
      // Its first part is a folder of another name, often.
      let common = 0;
      while (common < own.length && common < parts.length - 1 && own[common] === parts[common]) common++;
      return [`${'../'.repeat(own.length - common)}${parts.slice(common).join('/')}.php`];
    },
  },
  {
    languages: 'ruby',
    statement: /^\s*require_relative\s*\(?\s*['"]([^'"\n]+)['"]/gm,
    candidates: (specifier) => [withEnding(specifier, '.rb')],
  },
  {
    languages: 'ruby',
    statement: /^\s*require\s*\(?\s*['"]([^'"\n]+)['"]/gm,
    candidates: (specifier) => climbing(withEnding(specifier, '.rb'), 0, 3).flatMap((path) => [path, `lib/${path}`]),
  },
  {
    languages: 'dart',
    statement: /^\s*(?:import|export|part)\s+['"]((?!dart:|package:)[^'"\n]+)['"]/gm,
    candidates: (specifier) => [specifier],
  },
  {
    languages: 'lua',
    statement: /\brequire\s*\(?\s*['"]([\w./-]+)['"]/g,
    candidates: (specifier) => {
      const path = specifier.replaceAll('.', '/');
      return [...climbing(`${path}.lua`, 0, 2), ...climbing(`${path}/init.lua`, 0, 2)];
    },
  },
  {
    languages: 'scss sass less css',
    statement: /@(?:use|forward|import)\s+(?:\([^)]*\)\s*)?['"]([^'":\n]+)['"]/g,
    candidates: (specifier) => {
      const at = specifier.lastIndexOf('/') + 1;
      const partial = `${specifier.slice(0, at)}_${specifier.slice(at)}`;
      return [specifier, ...['.scss', '.sass', '.less', '.css'].flatMap((end) => [specifier + end, partial + end])];
    },
  },
  { languages: 'zig', statement: /@import\(\s*"([^"\n]+\.zig)"\s*\)/g, candidates: (specifier) => [specifier] },
  {
    languages: 'shellscript',
    statement: /^\s*(?:source|\.)\s+["']?(?:\$\{?\w+\}?\/)?([\w./-]+)["']?/gm,
    candidates: (specifier) => [specifier],
  },
];

function script(specifier: string): readonly string[] {
  const bare = specifier.replace(/\.(?:js|jsx|mjs|cjs)$/, '');
  const ended = /\.[a-z]+$/.test(specifier) ? [specifier] : [];
  const sources = bare === specifier ? [] : ['.ts', '.tsx', '.mts', '.cts'].map((ending) => bare + ending);
  if (/\.(?:[cm]?[jt]sx?|vue|svelte|json)$/.test(specifier)) return [...ended, ...sources];
  const folder = specifier.replace(/\/$/, '');
  return [
    ...ended,
    ...scriptEndings.map((ending) => folder + ending),
    ...scriptEndings.slice(0, 7).map((ending) => `${folder}/index${ending}`),
  ];
}

function python(specifier: string, _file: ImportingFile, statement: string): readonly string[] {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).replaceAll('.', '/');
  const imported = [...(/\bimport[ \t(]+([^)]*)/.exec(statement)?.[1] ?? '').matchAll(/\w+/g)].map(([name]) => name);
  if (dots > 0) {
    const folder = '../'.repeat(dots - 1);
    if (path === '') return imported.map((name) => `${folder}${name}.py`).concat(`${folder}__init__.py`);
    return [`${folder}${path}.py`, `${folder}${path}/__init__.py`];
  }
  return [...climbing(`${path}.py`, 0, 4), ...climbing(`${path}/__init__.py`, 0, 4)];
}

function rustModule(specifier: string, { path }: ImportingFile): readonly string[] {
  const stem = (path.split('/').at(-1) ?? '').replace(/\.rs$/, '');
  const own = ['mod', 'lib', 'main'].includes(stem) ? '' : `${stem}/`;
  return [`${own}${specifier}.rs`, `${own}${specifier}/mod.rs`, `${specifier}.rs`, `${specifier}/mod.rs`];
}

function rustUse(specifier: string, { path }: ImportingFile): readonly string[] {
  const [root = '', ...parts] = specifier.split('::');
  const folders = path.split('/').slice(0, -1);
  const ofCrate = folders.length - 1 - folders.lastIndexOf('src');
  const isRoot = /(?:^|\/)(?:mod|lib|main)\.rs$/.test(path);
  const stem = (path.split('/').at(-1) ?? '').replace(/\.rs$/, '');
  const starts: Readonly<Record<string, string>> = {
    crate: '../'.repeat(Math.max(0, ofCrate)),
    super: isRoot ? '../' : '',
    self: isRoot ? '' : `${stem}/`,
  };
  const start = starts[root] ?? '';
  // The last parts may name an item, not a module.
  return parts
    .map((_, index) => start + parts.slice(0, parts.length - index).join('/'))
    .flatMap((name) => [`${name}.rs`, `${name}/mod.rs`]);
}

function climbing(path: string, from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => '../'.repeat(from + index) + path);
}

function withEnding(path: string, ending: string): string {
  return path.endsWith(ending) ? path : path + ending;
}
