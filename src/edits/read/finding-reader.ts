import type { Hunk } from '../edit.ts';
import { readEdits } from './edit-reader.ts';

/** A remark of a review about a line of a file, with the change it suggests. */
export interface Finding {
  readonly path: string;
  /** From 1, as the reply counts. */
  readonly line: number;
  /** The lines as the reply quotes them. */
  readonly quotes: readonly string[];
  readonly text: string;
  readonly hunks: readonly Hunk[];
  /** Why the suggested change cannot be read. */
  readonly problem?: string;
}

export type ReadFinding =
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'unreadable'; readonly text: string };

const mark = /^<{5,9} ?SEARCH/;
const nothing = /\b(?:none|nothing|no (?:findings|issues|problems|remarks|comments))\b/i;

/**
 * A review as it comes: `### path:line`, `> the line`, what is to be said, and a SEARCH/REPLACE block or none. A remark is
 * known once the next one begins. Headings of other forms count where they name one of `paths` and a line.
 */
export class FindingReader {
  readonly #paths: readonly string[];
  #rest = '';
  #head: { readonly path: string; readonly line: number } | undefined;
  /** Its heading names no place that there is. */
  #isLost = false;
  #lines: string[] = [];
  #hasSome = false;

  constructor(paths: readonly string[]) {
    // The longest first: one may be the end of another.
    this.#paths = [...paths].sort((a, b) => b.length - a.length);
  }

  push(chunk: string): readonly ReadFinding[] {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#line(line.replace(/\r$/, '')));
  }

  end(): readonly ReadFinding[] {
    const last = this.#rest === '' ? [] : this.#line(this.#rest);
    this.#rest = '';
    const closed = [...last, ...this.#close()];
    if (this.#hasSome) return closed;
    const said = this.#lines.join('\n').trim();
    this.#lines = [];
    return said === '' || nothing.test(said) ? closed : [...closed, { kind: 'unreadable', text: said }];
  }

  #line(line: string): readonly ReadFinding[] {
    const place = this.#placeIn(line);
    const isLost = !place && /^#{1,6}\s.*\S:\d+\b/.test(line);
    if (!place && !isLost) {
      this.#lines.push(line);
      return [];
    }
    const closed = this.#close();
    this.#hasSome = true;
    this.#head = place;
    this.#isLost = isLost;
    this.#lines = isLost ? [line] : [];
    return closed;
  }

  /** Headings and bold lines; a bare line or list item only where nothing follows: prose mentions places, too. */
  #placeIn(line: string): { readonly path: string; readonly line: number } | undefined {
    const [, before = '', marked = ''] =
      /^(\s*(?:#{1,6}\s+|\d+[.)]\s+|[-*]\s+)?(?:\*\*)?)(?:finding:?\s+)?[`"'([]*(.*)$/i.exec(line) ?? [];
    const named = marked.replace(/^(?:\.|[ab])\//, '');
    const path = this.#paths.find((known) => named.startsWith(known) || marked.startsWith(known));
    if (path === undefined) return undefined;
    const behind = (named.startsWith(path) ? named : marked).slice(path.length);
    const [, number, after = ''] =
      /^[`"'*)\]]*\s*(?::|#L?|,|\(|\[|-|at)?\s*(?:L|lines?\s+)?(\d+)(?!\w)(?:\s*[-–:]\s*L?\d+)?(.*)$/i.exec(behind) ??
      [];
    if (number === undefined) return undefined;
    const isHeading = /#|\*\*/.test(before) || /^[`"'*)\]]*:?\s*$/.test(after);
    return isHeading ? { path, line: Number(number) } : undefined;
  }

  #close(): readonly ReadFinding[] {
    const text = this.#lines.join('\n').trim();
    const head = this.#head;
    if (!head && !this.#isLost) return [];
    this.#head = undefined;
    this.#isLost = false;
    this.#lines = [];
    return [head ? { kind: 'finding', finding: findingIn(text, head) } : { kind: 'unreadable', text }];
  }
}

function findingIn(text: string, { path, line }: { readonly path: string; readonly line: number }): Finding {
  const lines = text.split('\n');
  const begin = lines.findIndex((candidate) => mark.test(candidate.trim()));
  const suggested = suggestionIn(lines);
  const end = begin >= 0 ? begin : (suggested?.from ?? lines.length);
  const said = lines.slice(0, end);
  const quotes = said.flatMap((candidate) => (candidate.startsWith('>') ? [candidate.replace(/^>\s?/, '')] : []));
  const words = said
    .filter((candidate) => !candidate.startsWith('>'))
    .join('\n')
    // The fence of the block that follows, and lines that only announce it.
    .replace(/(?:^|\n)\s*`{3,}\w*\s*$/, '')
    .trim();
  const finding = { path, line, quotes, text: words, hunks: [] };
  if (begin < 0) {
    const [quote] = quotes;
    return suggested && quote !== undefined
      ? { ...finding, hunks: [{ search: `${quote}\n`, replace: suggested.replace, line }] }
      : finding;
  }
  const read = readEdits(`${lines.slice(begin).join('\n')}\n`);
  if ('error' in read) return { ...finding, problem: read.error.message };
  const hunks = read.edits
    .flatMap((edit) => (edit.kind === 'change' ? edit.hunks : []))
    .map((hunk) => ({ ...hunk, line: hunk.line ?? line }));
  const [first] = hunks[0]?.search.split('\n').filter((candidate) => candidate.trim() !== '') ?? [];
  return { ...finding, hunks, quotes: quotes.length > 0 || first === undefined ? quotes : [first] };
}

/** The way some forges write it: a fence whose lines take the place of the quoted one. */
function suggestionIn(lines: readonly string[]): { readonly from: number; readonly replace: string } | undefined {
  const from = lines.findIndex((line) => /^`{3,}suggestion\s*$/.test(line));
  if (from < 0) return undefined;
  const to = lines.findIndex((line, index) => index > from && /^`{3,}\s*$/.test(line));
  if (to < 0) return undefined;
  return {
    from,
    replace: lines
      .slice(from + 1, to)
      .map((line) => `${line}\n`)
      .join(''),
  };
}
