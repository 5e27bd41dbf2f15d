import type { Piece } from './piece.ts';
import type { ContextPlace } from './related-context.ts';

const shortestLine = 4;
/** So many lines in a row are the same text, not a likeness. */
const sameRun = 3;

/** The text a prompt shows anyway: what stands in it is not to be shown twice. */
export class ShownText {
  readonly #uri: string;
  /** Line breaks around every line, so that whole lines are found. */
  readonly #text: string;
  readonly #lines: ReadonlySet<string>;

  constructor({ uri, prefix, suffix }: Pick<ContextPlace, 'uri' | 'prefix' | 'suffix'>) {
    this.#uri = uri;
    const lines = `${prefix}${suffix}`.split('\n').map((line) => line.trimEnd());
    this.#text = `\n${lines.join('\n')}\n`;
    this.#lines = new Set(lines.map((line) => line.trim()));
  }

  /** What of a piece is new; undefined = nothing worth a place. */
  newIn(piece: Piece): Piece | undefined {
    const lines = piece.text.split('\n').map((line) => line.trimEnd());
    const significant = lines.filter((line) => line.trim().length >= shortestLine);
    if (significant.length === 0) return undefined;
    const known = significant.filter((line) => this.#lines.has(line.trim())).length;
    if (known / significant.length >= 0.8) return undefined;
    if (piece.uri !== this.#uri) return piece;
    if (known / significant.length >= 0.6) return undefined;
    const kept = this.#withoutRuns(lines);
    if (kept.length === lines.length) return piece;
    return kept.some((line) => line.trim() !== '') ? { ...piece, text: kept.join('\n') } : undefined;
  }

  #withoutRuns(lines: readonly string[]): readonly string[] {
    const kept: string[] = [];
    for (let index = 0; index < lines.length; ) {
      let end = index;
      while (end < lines.length && this.#text.includes(`\n${lines.slice(index, end + 1).join('\n')}\n`)) end++;
      if (end - index >= sameRun) index = end;
      else kept.push(lines[index++] ?? '');
    }
    return kept;
  }
}
