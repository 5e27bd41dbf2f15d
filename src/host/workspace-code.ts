import { Disposable, Uri, workspace } from 'vscode';
import type { Definition, SourceFile, WorkspaceCode } from '../context/ports.ts';
import { type HiddenBecause, isAllowed } from './allowed-files.ts';
import { Definitions } from './definitions-of.ts';
import { fileOf, pathOf } from './document-path.ts';
import { type FileText, FileTexts, openDocument } from './file-text.ts';
import { type CellsAround, cellsAround } from './notebook-cells.ts';
import { RecentFiles } from './recent-files.ts';

const mostFiles = 20;
const mostLines = 600;
const mostCharacters = 30_000;
/** The part of a long file that is given moves in such steps, so that it stays the same while one scrolls a little. */
const lineStep = 100;
/** Minified and generated code has lines that no one reads. */
const mostCharactersPerLine = 400;

/** What the editor knows of the code around: nothing of a hidden file, and outside of what is open only the workspace. */
export class EditorCode implements WorkspaceCode, Disposable {
  readonly #hiddenBecause: HiddenBecause;
  readonly #texts = new FileTexts();
  readonly #recent = new RecentFiles();
  readonly #definitions: Definitions;
  readonly #sources = new Map<string, { readonly key: string; readonly file: SourceFile | undefined }>();

  /** `foundLate`: asked again, more would be known of this document's names. */
  constructor(hiddenBecause: HiddenBecause, foundLate: (uri: string) => void) {
    this.#hiddenBecause = hiddenBecause;
    this.#definitions = new Definitions(this.#texts, hiddenBecause, (uri) => foundLate(uri.toString()));
  }

  async recentFiles(uri: string): Promise<readonly SourceFile[]> {
    const own = fileOf(Uri.parse(uri)).path;
    const files: SourceFile[] = [];
    for (const { uri: other, line } of this.#recent.list()) {
      if (files.length === mostFiles) break;
      if (other.path === own) continue;
      const file = await this.#source(other, line, 'anywhere');
      if (file) files.push(file);
    }
    return files;
  }

  async fileAt(uri: string, relativePaths: readonly string[]): Promise<SourceFile | undefined> {
    const folder = Uri.joinPath(fileOf(Uri.parse(uri)), '..');
    for (const path of relativePaths) {
      const candidate = Uri.joinPath(folder, path);
      if (workspace.getWorkspaceFolder(candidate) === undefined) continue;
      // A folder nobody trusts does not decide which files are read.
      if (!workspace.isTrusted && !openDocument(candidate)) continue;
      if ((await this.#texts.versionOf(candidate)) === undefined) continue;
      return this.#source(candidate, 0, 'workspace');
    }
    return undefined;
  }

  async definitionsOf(
    uri: string,
    offset: number,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Definition[]> {
    const document = openDocument(Uri.parse(uri));
    // Nor does it decide what a language's extension does.
    if (!document || !workspace.isTrusted || names.length === 0) return [];
    return this.#definitions.of(document, offset, names, signal);
  }

  async cellsAround(uri: string): Promise<CellsAround> {
    const cell = Uri.parse(uri);
    const notebook = fileOf(cell);
    if (notebook === cell || !(await isAllowed(notebook, this.#hiddenBecause, 'anywhere')))
      return { before: [], after: [] };
    return cellsAround(cell);
  }

  /** The rules of hiding are others. */
  forget(): void {
    this.#definitions.forget();
    this.#sources.clear();
  }

  dispose(): void {
    Disposable.from(this.#texts, this.#recent).dispose();
  }

  /** The same object as long as the text and the part of it are the same. */
  async #source(uri: Uri, line: number, reach: 'anywhere' | 'workspace'): Promise<SourceFile | undefined> {
    if (!(await isAllowed(uri, this.#hiddenBecause, reach))) return undefined;
    const text = await this.#texts.of(uri);
    if (!text) return undefined;
    const start = text.lineCount <= mostLines ? 0 : Math.max(0, Math.floor(line / lineStep - 2) * lineStep);
    const key = `${text.version} ${start}`;
    const address = uri.toString();
    const kept = this.#sources.get(address);
    if (kept?.key === key) return kept.file;
    const file = sourceFile(text, start);
    if (this.#sources.size > 200) this.#sources.clear();
    this.#sources.set(address, { key, file });
    return file;
  }
}

function sourceFile(file: FileText, start: number): SourceFile | undefined {
  const lines = file.lines(start, start + mostLines);
  const text = lines.length <= mostCharacters ? lines : lines.slice(0, lines.lastIndexOf('\n', mostCharacters) + 1);
  const minified = lines.length > mostCharactersPerLine * (lines.split('\n').length + 10);
  if (minified || text.trim() === '') return undefined;
  return { uri: file.uri.toString(), path: pathOf(file.uri), languageId: file.languageId, text };
}
