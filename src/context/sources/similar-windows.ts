import type { ContextSource, Piece, SourceQuery } from '../piece.ts';
import type { SourceFile, WorkspaceCode } from '../ports.ts';
import { Remembering } from '../remembering.ts';
import { indexOf, similarWindows, type WindowIndex } from '../window-index.ts';

const mostFiles = 20;
const mostWindows = 12;
const linesBefore = 20;
const linesAfter = 6;
/** What followed the similar lines is what may follow here. */
const linesBeyond = 14;
const longestPiece = 2400;

/** Stretches of open and recently seen files that look like the lines around the cursor. */
export class SimilarWindows implements ContextSource {
  readonly name = 'similar windows';
  readonly #workspace: WorkspaceCode;
  readonly #indexes = new Remembering<WindowIndex>(40);

  constructor(workspace: WorkspaceCode) {
    this.#workspace = workspace;
  }

  async find({ place }: SourceQuery, deliver: (pieces: readonly Piece[]) => void, signal: AbortSignal): Promise<void> {
    const files = (await this.#workspace.recentFiles(place.uri))
      .filter(({ uri }) => uri !== place.uri)
      .slice(0, mostFiles);
    const indexes: WindowIndex[] = [];
    for (const { uri, text } of files) {
      // Keys are typed meanwhile: a new file costs some milliseconds, and there may be many.
      if (!this.#indexes.has(uri, text)) await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return;
      indexes.push(this.#indexes.of(uri, text, () => indexOf(text)));
    }
    const before = place.prefix.split('\n').slice(-linesBefore);
    const after = place.suffix.slice(0, 1000).split('\n').slice(0, linesAfter);
    const query = [...before, ...after].join('\n');
    deliver(
      similarWindows(query, indexes, mostWindows).flatMap((window): readonly Piece[] => {
        const file: SourceFile | undefined = files[window.file];
        const lines = indexes[window.file]?.lines;
        if (!file || !lines) return [];
        const { line, endLine, text } = cut(lines, window.line, window.endLine + linesBeyond);
        const score = 0.2 + 0.8 * window.similarity;
        return [{ uri: file.uri, path: file.path, line, endLine, text, score }];
      }),
    );
  }

  forget(): void {
    this.#indexes.clear();
  }
}

/** The lines without blank ones at their ends, and no more than fit. */
function cut(lines: readonly string[], from: number, to: number): Pick<Piece, 'line' | 'endLine' | 'text'> {
  let line = from;
  let endLine = Math.min(to, lines.length);
  while (line < endLine && lines[line]?.trim() === '') line++;
  while (endLine > line && lines[endLine - 1]?.trim() === '') endLine--;
  let text = lines.slice(line, endLine).join('\n');
  while (text.length > longestPiece && endLine > line + 1) {
    endLine--;
    text = lines.slice(line, endLine).join('\n');
  }
  return { line, endLine, text: text.slice(0, longestPiece) };
}
