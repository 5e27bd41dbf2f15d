import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import type { Definition, SourceFile, WorkspaceCode } from '../../src/context/ports.ts';
import { developmentFolder } from '../setup/paths.ts';
import type { HiddenSpan, Repository } from './context-repository.ts';

interface Span {
  readonly start: number;
  readonly length: number;
}

interface DefinitionInfo {
  readonly fileName: string;
  readonly textSpan: Span;
  readonly contextSpan?: Span;
}

interface LanguageService {
  getDefinitionAtPosition(file: string, offset: number): readonly DefinitionInfo[] | undefined;
  getTypeDefinitionAtPosition(file: string, offset: number): readonly DefinitionInfo[] | undefined;
}

/** What of the compiler's module is used here. */
interface TypeScript {
  createLanguageService(host: object): LanguageService;
  readonly ScriptSnapshot: { fromString(text: string): object };
  getDefaultLibFilePath(options: object): string;
}

/** The compiler that VS Code's own TypeScript extension runs; the one in node_modules has no language service. */
const compiler = join(
  developmentFolder,
  'vscode/node_modules/code-server/lib/vscode/extensions/node_modules/typescript/lib/typescript.js',
);

/** The workspace as VS Code would know it: the real language service over the real files, one of them being written. */
export class RepositoryCode implements WorkspaceCode {
  readonly #repository: Repository;
  readonly #service: LanguageService;
  readonly #known = new Map<string, readonly Definition[]>();
  #place: HiddenSpan | undefined;
  #text = '';
  #version = 0;

  constructor(repository: Repository) {
    this.#repository = repository;
    const ts = createRequire(import.meta.url)(compiler) as TypeScript;
    const options = { allowJs: true, checkJs: false, target: 99, module: 199, noEmit: true, strict: true, jsx: 4 };
    const read = (file: string): string | undefined =>
      file === this.#place?.file.uri ? this.#text : (repository.files.get(file)?.text ?? readIfThere(file));
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => ({ ...options, allowImportingTsExtensions: true }),
      getScriptFileNames: () => [...repository.files.keys()],
      getScriptVersion: (file: string) => (file === this.#place?.file.uri ? `place ${this.#version}` : '0'),
      getScriptSnapshot: (file: string) => {
        const text = read(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => repository.folder,
      getDefaultLibFileName: () => ts.getDefaultLibFilePath(options),
      fileExists: (file: string) => repository.files.has(file) || existsSync(file),
      readFile: read,
    });
  }

  /** From now on the file stands as it was before the span was written. */
  begin(place: HiddenSpan): void {
    this.#place = place;
    this.#text = place.before + place.after;
    this.#version++;
    this.#known.clear();
  }

  async recentFiles(): Promise<readonly SourceFile[]> {
    return this.#place?.recent ?? [];
  }

  async fileAt(uri: string, relativePaths: readonly string[]): Promise<SourceFile | undefined> {
    for (const path of relativePaths) {
      const file = this.#repository.files.get(posix.join(posix.dirname(uri), path));
      if (file) return file;
    }
    return undefined;
  }

  async definitionsOf(uri: string, offset: number, names: readonly string[]): Promise<readonly Definition[]> {
    return names.flatMap((name) => {
      const known = this.#known.get(name) ?? this.#define(uri, offset, name);
      this.#known.set(name, known);
      return known;
    });
  }

  async cellsAround(): Promise<{ readonly before: []; readonly after: [] }> {
    return { before: [], after: [] };
  }

  #define(uri: string, offset: number, name: string): readonly Definition[] {
    const at = nearest(this.#text, name, offset);
    if (at === undefined) return [];
    const own = this.#service.getDefinitionAtPosition(uri, at) ?? [];
    const types = this.#service.getTypeDefinitionAtPosition(uri, at) ?? [];
    const seen = new Set<string>();
    return [...own, ...types].flatMap(({ fileName, textSpan, contextSpan }): readonly Definition[] => {
      const file = this.#repository.files.get(fileName);
      if (!file) return [];
      const text = fileName === this.#place?.file.uri ? this.#text : file.text;
      const range = contextSpan ?? textSpan;
      const start = text.lastIndexOf('\n', range.start - 1) + 1;
      const newline = text.indexOf('\n', range.start + range.length);
      const end = newline < 0 ? text.length : newline;
      const key = `${fileName} ${start}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const line = text.slice(0, start).split('\n').length - 1;
      return [{ name, uri: fileName, path: file.path, line, text: text.slice(start, end) }];
    });
  }
}

/** Where a name stands nearest to the cursor. */
function nearest(text: string, name: string, offset: number): number | undefined {
  let best: number | undefined;
  const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
  for (const { index } of text.matchAll(word)) {
    if (best === undefined || Math.abs(index - offset) < Math.abs(best - offset)) best = index;
  }
  return best;
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
