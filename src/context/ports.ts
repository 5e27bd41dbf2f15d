/** A file as context sources read it: line ends are `\n`, and it is never one that is hidden from models. */
export interface SourceFile {
  readonly uri: string;
  /** Relative to its workspace folder, with `/`. */
  readonly path: string;
  readonly languageId: string;
  /** Bounded: of a long file the part around what was looked at last. */
  readonly text: string;
}

/** A piece of a file: what defines a name, or the lines around that place. */
export interface Definition {
  readonly name: string;
  readonly uri: string;
  readonly path: string;
  /** Zero-based line in its file where the text begins. */
  readonly line: number;
  /** As it stands in the file, or the editor's hover text where the file cannot be read. */
  readonly text: string;
}

/** One cell of a notebook. */
export interface NotebookCell {
  readonly languageId: string;
  readonly kind: 'code' | 'markup';
  readonly text: string;
}

/** The editor's knowledge of the workspace. Implemented by the host; leaves out hidden files by itself. */
export interface WorkspaceCode {
  /** Files open in editors or seen lately, latest first, without the one asked for. */
  recentFiles(uri: string): Promise<readonly SourceFile[]>;
  /** The file that `specifier`, written in the file at `uri` with one of these endings, means; undefined = none that may be read. */
  fileAt(uri: string, relativePaths: readonly string[]): Promise<SourceFile | undefined>;
  /** Where `names` that stand near `offset` are defined: what the language's own providers say, within the signal's time. */
  definitionsOf(
    uri: string,
    offset: number,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Definition[]>;
  /** The other cells of the notebook a cell belongs to, in order; empty for a file. */
  cellsAround(
    uri: string,
  ): Promise<{ readonly before: readonly NotebookCell[]; readonly after: readonly NotebookCell[] }>;
}
