import { declarationsIn } from '../declarations.ts';
import { indentOf } from '../outline.ts';
import type { ContextSource, Piece, SourceQuery } from '../piece.ts';
import type { RecentEdits } from '../recent-edits.ts';

const longestText = 200_000;
const longestImports = 1500;
const mostLines = 150;
const head =
  /^\s*(?:import\b|from\b.*\bimport\b|use\s|using\s|#\s*include|require|const\b.*\brequire\(|package\b|namespace\b)/;

/** The file's own imports and the heads of what it declares, where the shown window does not reach. */
export class OwnFile implements ContextSource {
  readonly name = 'own file';
  readonly #edits: RecentEdits;

  constructor(edits: RecentEdits) {
    this.#edits = edits;
  }

  async find({ place, near }: SourceQuery, deliver: (pieces: readonly Piece[]) => void): Promise<void> {
    const text = this.#edits.textOf(place.uri).slice(0, longestText);
    if (text === '' || text.length <= place.prefix.length + place.suffix.length) return;
    const lines = text.split('\n');
    const weights = new Map(near.map(({ name, weight }) => [name, weight]));
    const shown = windowIn(text, place.prefix);
    const piece = (line: number, endLine: number, score: number): Piece => ({
      uri: place.uri,
      path: place.path,
      line,
      endLine,
      text: lines.slice(line, endLine).join('\n'),
      score,
      group: `own ${place.uri}`,
    });
    const found: Piece[] = [];
    const imports = importLines(lines);
    if (imports > 0) found.push(piece(0, imports, 0.8));
    for (const { name, line, endLine } of declarationsIn(lines, place.languageId)) {
      if (found.length > mostLines) break;
      const weight = weights.get(name);
      for (const at of headsOf(lines, line, endLine)) {
        if (at < imports) continue;
        const distance = Math.abs(at - shown) / 100;
        found.push(piece(at, at + 1, weight === undefined ? 0.35 + 0.25 / (1 + distance) : 0.5 + 0.3 * weight));
      }
    }
    deliver(found);
  }

  forget(): void {
    // The edits are told themselves.
  }
}

/** The line where the window begins. */
function windowIn(text: string, prefix: string): number {
  const at = prefix === '' ? 0 : text.indexOf(prefix.slice(0, 400));
  return at <= 0 ? 0 : text.slice(0, at).split('\n').length - 1;
}

/** How many lines the imports take at the file's beginning. */
function importLines(lines: readonly string[]): number {
  let end = 0;
  let characters = 0;
  let open = false;
  for (const [index, line] of lines.slice(0, 120).entries()) {
    characters += line.length + 1;
    if (characters > longestImports) break;
    if (open || head.test(line)) {
      open = open ? !/[})]/.test(line) : /[{(][^})]*$/.test(line);
      if (!open) end = index + 1;
    } else if (line.trim() !== '' && !/^\s*(?:\/\/|\/\*|\*|#|['"]use)/.test(line)) break;
  }
  return end;
}

/** The line that declares, and those of its members that look like heads of something. */
function headsOf(lines: readonly string[], line: number, endLine: number): readonly number[] {
  const heads: number[] = [];
  let start = line;
  while (start < endLine && /^\s*(?:\/\/|\/?\*|--|#\s|@)/.test(lines[start] ?? '')) start++;
  heads.push(start);
  if (!/\b(?:class|interface|enum|struct|trait|impl|object)\b/.test(lines[start] ?? '')) return heads;
  const first = lines.slice(start + 1, endLine).find((other) => other.trim() !== '');
  const level = indentOf(first ?? '');
  for (let at = start + 1; at < endLine && heads.length < 60; at++) {
    const other = lines[at] ?? '';
    if (level > 0 && indentOf(other) === level && /^\s*[#\w"'[]/.test(other)) heads.push(at);
  }
  return heads;
}
