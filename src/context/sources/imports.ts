import { type Declaration, declarationsIn } from '../declarations.ts';
import { type Import, importsIn } from '../imports-in.ts';
import { identifier, isType } from '../names-near.ts';
import { outline } from '../outline.ts';
import type { ContextSource, Piece, SourceQuery } from '../piece.ts';
import type { SourceFile, WorkspaceCode } from '../ports.ts';
import { Remembering } from '../remembering.ts';

const mostImports = 24;
/** Types that the imported ones speak of are looked for in so many more files. */
const mostFurtherFiles = 8;
const mostOfOneFile = 12;
const headCharacters = 8000;
const mostMissing = 500;
const missingMs = 30_000;

interface ReadFile {
  readonly file: SourceFile;
  readonly lines: readonly string[];
  readonly declarations: readonly Declaration[];
  readonly imports: readonly Import[];
}

interface Wanted {
  readonly name: string;
  readonly score: number;
}

/** What the imported files declare: first what is used near the cursor, then the types that those speak of. */
export class Imports implements ContextSource {
  readonly name = 'imports';
  readonly #workspace: WorkspaceCode;
  readonly #now: () => number;
  readonly #read = new Remembering<ReadFile>(60);
  /** What names no file of the workspace, and until when that is believed: most imports are of libraries. */
  readonly #missing = new Map<string, number>();

  constructor(workspace: WorkspaceCode, now: () => number) {
    this.#workspace = workspace;
    this.#now = now;
  }

  async find(
    { place, near, head }: SourceQuery,
    deliver: (pieces: readonly Piece[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const weights = new Map(near.map(({ name, weight }) => [name, weight]));
    const imports = importsIn({ path: place.path, head }, place.languageId, mostImports);
    const best = ({ names }: Import): number => Math.max(0, ...names.map((name) => weights.get(name) ?? 0));
    const ordered = imports.toSorted((a, b) => best(b) - best(a));
    const types = new Map<string, number>();
    const shown = new Set<string>();
    const files = await Promise.all(
      ordered.map(async (one) => {
        const read = await this.#fileAt(place.uri, one.candidates);
        if (!read || signal.aborted || read.file.uri === place.uri) return undefined;
        const pieces = piecesOf(read, wantedOf(one, read, weights), shown);
        for (const { text, score } of pieces) noteTypes(text, score, types);
        deliver(pieces);
        return read;
      }),
    );
    if (signal.aborted) return;
    await this.#further(
      files.filter((read) => read !== undefined),
      types,
      shown,
      deliver,
      signal,
    );
  }

  forget(): void {
    this.#read.clear();
    this.#missing.clear();
  }

  /** The second step: types named by what was found, in the same files or where those import them from. */
  async #further(
    files: readonly ReadFile[],
    types: ReadonlyMap<string, number>,
    shown: Set<string>,
    deliver: (pieces: readonly Piece[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const wanted = [...types].map(([name, score]) => ({ name, score: score * 0.75 }));
    for (const read of files) deliver(piecesOf(read, wanted, shown));
    const open = wanted.filter(({ name }) => !shown.has(name)).sort((a, b) => b.score - a.score);
    const from = new Map<string, { read: ReadFile; one: Import }>();
    for (const { name } of open) {
      if (from.size >= mostFurtherFiles) break;
      for (const read of files) {
        const one = read.imports.find(({ names }) => names.includes(name));
        if (!one) continue;
        from.set(`${read.file.uri} ${one.candidates[0]}`, { read, one });
        break;
      }
    }
    await Promise.all(
      [...from.values()].map(async ({ read, one }) => {
        const further = await this.#fileAt(read.file.uri, one.candidates);
        if (further && !signal.aborted) deliver(piecesOf(further, open, shown));
      }),
    );
  }

  async #fileAt(uri: string, candidates: readonly string[]): Promise<ReadFile | undefined> {
    const key = `${uri.slice(0, uri.lastIndexOf('/'))} ${candidates[0]}`;
    if ((this.#missing.get(key) ?? 0) > this.#now()) return undefined;
    const file = await this.#workspace.fileAt(uri, candidates);
    if (!file) {
      if (this.#missing.size > mostMissing) this.#missing.clear();
      this.#missing.set(key, this.#now() + missingMs);
      return undefined;
    }
    this.#missing.delete(key);
    return this.#read.of(file.uri, file.text, () => {
      const lines = file.text.split('\n');
      const importing = { path: file.path, head: file.text.slice(0, headCharacters) };
      return {
        file,
        lines,
        declarations: declarationsIn(lines, file.languageId),
        imports: importsIn(importing, file.languageId, mostImports),
      };
    });
  }
}

/** The names an import brings; where it names none of the file's, whatever of the file is named near the cursor. */
function wantedOf(one: Import, { declarations }: ReadFile, weights: ReadonlyMap<string, number>): readonly Wanted[] {
  const declared = new Set(declarations.map(({ name }) => name));
  const named = one.names.filter((name) => declared.has(name));
  const scored = (name: string, unused: number): Wanted => {
    const weight = weights.get(name);
    return { name, score: weight === undefined ? unused : 0.45 + 0.5 * weight };
  };
  if (named.length > 0) return named.map((name) => scored(name, 0.32));
  return [...declared].map((name) => scored(name, one.names.some((alias) => weights.has(alias)) ? 0.3 : 0.12));
}

function piecesOf(
  { file, lines, declarations }: ReadFile,
  wanted: readonly Wanted[],
  shown: Set<string>,
): readonly Piece[] {
  const scores = new Map(wanted.map(({ name, score }) => [name, score]));
  return declarations
    .flatMap((declaration): readonly Piece[] => {
      const { name, line, endLine } = declaration;
      const score = scores.get(name);
      if (score === undefined) return [];
      shown.add(name);
      const text = outline(lines.slice(line, endLine).join('\n'), name);
      return [{ uri: file.uri, path: file.path, line, endLine, text, score }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, mostOfOneFile);
}

function noteTypes(text: string, score: number, types: Map<string, number>): void {
  for (const [name] of text.matchAll(identifier)) {
    if (isType(name)) types.set(name, Math.max(types.get(name) ?? 0, score));
  }
}
