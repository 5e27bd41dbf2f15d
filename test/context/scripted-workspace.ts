import type { Definition, NotebookCell, SourceFile, WorkspaceCode } from '../../src/context/ports.ts';
import type { ContextPlace } from '../../src/context/related-context.ts';

/** A workspace of files given as texts; its doors may be made to hang or to throw. */
export class ScriptedWorkspace implements WorkspaceCode {
  readonly files = new Map<string, SourceFile>();
  definitions: Definition[] = [];
  cells: { before: NotebookCell[]; after: NotebookCell[] } = { before: [], after: [] };
  /** Which doors do not answer as they should. */
  readonly faults = new Map<keyof WorkspaceCode, 'hangs' | 'rejects' | 'throws'>();
  /** Awaited before definitions are answered. */
  definitionsReady: Promise<unknown> = Promise.resolve();
  readonly asked: string[][] = [];
  readonly filesAsked: string[][] = [];

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    this.files.set(path, { uri: uriOf(path), path, languageId: languageOf(path), text });
  }

  recentFiles(uri: string): Promise<readonly SourceFile[]> {
    return this.#door('recentFiles', () => [...this.files.values()].filter((file) => file.uri !== uri));
  }

  fileAt(uri: string, relativePaths: readonly string[]): Promise<SourceFile | undefined> {
    this.filesAsked.push([...relativePaths]);
    return this.#door('fileAt', () => {
      const uris = relativePaths.map((path) => new URL(path, uri).href);
      return [...this.files.values()].find((file) => uris.includes(file.uri));
    });
  }

  definitionsOf(_uri: string, _offset: number, names: readonly string[]): Promise<readonly Definition[]> {
    this.asked.push([...names]);
    return this.#door('definitionsOf', async () => {
      await this.definitionsReady;
      return this.definitions.filter(({ name }) => names.includes(name));
    });
  }

  cellsAround(): Promise<{ readonly before: readonly NotebookCell[]; readonly after: readonly NotebookCell[] }> {
    return this.#door('cellsAround', () => this.cells);
  }

  #door<T>(name: keyof WorkspaceCode, answer: () => T | Promise<T>): Promise<T> {
    const fault = this.faults.get(name);
    if (fault === 'throws') throw new Error(`${name} throws`);
    if (fault === 'rejects') return Promise.reject(new Error(`${name} rejects`));
    if (fault === 'hangs') return new Promise(() => undefined);
    return Promise.resolve().then(answer);
  }
}

export function uriOf(path: string): string {
  return `file:///workspace/${path}`;
}

/** The place of `|`; a window shows all of the text, or so many characters on each side. */
export function placeAt(drawn: string, path = 'src/main.ts', window = 100_000): ContextPlace {
  const offset = drawn.indexOf('|');
  if (offset < 0) throw new Error(`No cursor in ${drawn}`);
  return {
    uri: uriOf(path),
    path,
    languageId: languageOf(path),
    offset,
    prefix: drawn.slice(Math.max(0, offset - window), offset),
    suffix: drawn.slice(offset + 1, offset + 1 + window),
  };
}

export function definition(name: string, path: string, text: string, line = 0): Definition {
  return { name, uri: uriOf(path), path, line, text };
}

const endings: Readonly<Record<string, string>> = {
  ts: 'typescript',
  js: 'javascript',
  py: 'python',
  go: 'go',
  rs: 'rust',
  c: 'c',
  h: 'c',
  java: 'java',
  rb: 'ruby',
  php: 'php',
  dart: 'dart',
  lua: 'lua',
  scss: 'scss',
};

export function languageOf(path: string): string {
  return endings[path.split('.').at(-1) ?? ''] ?? 'plaintext';
}
