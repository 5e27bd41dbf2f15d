import type { EditError, FileEdit, Hunk } from '../edit.ts';
import { malformed, noEdit, truncated } from '../edit-words.ts';
import { ChangeList } from './change-list.ts';
import type { FormatReader, OpenEdit, ReadEdits } from './format-reader.ts';
import { withoutLineNumbers } from './line-numbers.ts';
import { pathInLine } from './path-line.ts';

interface Markers {
  readonly open: RegExp;
  readonly divider: RegExp;
  readonly close: RegExp;
}

/** The markers models have been taught. A block ends with the marks of the family it began with. */
const families: readonly Markers[] = [
  { open: /^<{7,8} SEARCH>?\s*$/i, divider: /^={7,8}\s*$/, close: /^>{7,8} REPLACE<?\s*$/i },
  // Fewer or more signs than usual: as many throughout, for a line of a text may be signs, too.
  ...[5, 6, 9].map(
    (count): Markers => ({
      open: new RegExp(`^<{${count}} SEARCH>?\\s*$`),
      divider: new RegExp(`^={${count}}\\s*$`),
      close: new RegExp(`^>{${count}} REPLACE<?\\s*$`),
    }),
  ),
  { open: /^<{7} ORIGINAL\s*$/, divider: /^={7}\s*$/, close: /^>{7} UPDATED\s*$/ },
  { open: /^-{3,} SEARCH>?\s*$/, divider: /^={3,}$/, close: /^\+{3,} REPLACE>?\s*$/ },
];

/** Looks like a marker and is none: better a mistake than a passage that is taken for prose. */
const almostMarker = /^\s*(?:[<>+-][<>+=-]+\s*(?:SEARCH|REPLACE)\b|[<>+-]{3,}\s*={3,}\s*$)/;

export const opensSearchReplace = (line: string): boolean =>
  families.some(({ open }) => open.test(line.trimStart())) || almostMarker.test(line);

/** SEARCH/REPLACE blocks with a path before them or none; prose and fences around them are passed over. */
export class SearchReplaceReader implements FormatReader {
  readonly #list = new ChangeList();
  #state: 'outside' | 'search' | 'replace' = 'outside';
  #markers: Markers | undefined;
  #path: string | undefined;
  #number = 0;
  #search: string[] = [];
  #replace: string[] = [];
  #line: number | undefined;
  #inHead = false;
  #indentation = '';
  #error: EditError | undefined;

  line(given: string, givenRaw: string): void {
    this.#number++;
    if (this.#error) return;
    // A block in a list stands further right, all of it.
    const text = this.#unindented(given);
    const raw = this.#unindented(givenRaw);
    switch (this.#state) {
      case 'outside':
        this.#outside(text);
        return;
      case 'search':
        this.#inSearch(text, raw);
        return;
      case 'replace':
        this.#inReplace(text, raw);
    }
  }

  get complete(): readonly FileEdit[] {
    return this.#list.edits;
  }

  get open(): OpenEdit | undefined {
    if (this.#state === 'outside') return undefined;
    return {
      ...(this.#path !== undefined && { path: this.#path }),
      search: whole(this.#search),
      ...(this.#state === 'replace' && { replace: whole(this.#replace) }),
    };
  }

  end(): ReadEdits {
    if (this.#error) return { error: this.#error };
    if (this.#state !== 'outside') return { error: truncated('a SEARCH/REPLACE block') };
    return this.#list.edits.length === 0 ? { error: noEdit() } : { edits: this.#list.edits };
  }

  #unindented(line: string): string {
    const isWithin = this.#state !== 'outside' && line.startsWith(this.#indentation);
    return isWithin ? line.slice(this.#indentation.length) : line;
  }

  #outside(text: string): void {
    const markers = families.find(({ open }) => open.test(text.trimStart()));
    if (markers) {
      this.#indentation = text.slice(0, text.length - text.trimStart().length);
      this.#markers = markers;
      this.#state = 'search';
      this.#search = [];
      this.#replace = [];
      this.#line = undefined;
      this.#inHead = true;
      return;
    }
    if (almostMarker.test(text)) this.#fail(`"${text}" is no marker`);
    else this.#path = pathInLine(text) ?? this.#path;
  }

  #inSearch(text: string, raw: string): void {
    const markers = this.#markers;
    if (this.#inHead && this.#head(text)) return;
    this.#inHead = false;
    if (markers?.divider.test(text)) this.#state = 'replace';
    else if (isMarker(text)) this.#fail('a marker stands where ======= was to come');
    else this.#search.push(unescaped(raw));
  }

  #inReplace(text: string, raw: string): void {
    const markers = this.#markers;
    if (markers?.close.test(text)) this.#finish();
    else if (markers?.divider.test(text)) {
      this.#fail('a second ======= in a block; one that belongs to the text is written with a backslash before it');
    } else if (isMarker(text)) this.#fail('a marker stands where the block was to end');
    else this.#replace.push(unescaped(raw));
  }

  /** `:start_line:7` and its like, between the first marker and the text. */
  #head(text: string): boolean {
    const named = /^:(start|end)_line:\s*(\d+)\s*$/.exec(text);
    if (named) {
      if (named[1] === 'start') this.#line = Number(named[2]);
      return true;
    }
    const isRule = this.#line !== undefined && /^-{7}\s*$/.test(text);
    if (isRule) this.#inHead = false;
    return isRule;
  }

  #finish(): void {
    this.#state = 'outside';
    const bare = withoutLineNumbers(this.#search, this.#replace);
    if (bare === undefined) {
      this.#fail('some lines of the block have line numbers and some have none');
      return;
    }
    const line = this.#line ?? bare.line;
    const hunk: Hunk = {
      search: whole(bare.search),
      replace: whole(bare.replace),
      ...(line !== undefined && { line }),
    };
    this.#list.add(this.#path, hunk);
  }

  #fail(what: string): void {
    this.#error = malformed(this.#number, what);
  }
}

function isMarker(text: string): boolean {
  return families.some(({ open, close }) => open.test(text) || close.test(text)) || almostMarker.test(text);
}

/** A line of the text that looks like a marker is written with a backslash before it. */
function unescaped(text: string): string {
  return /^\\(?:<{5,9} (?:SEARCH|ORIGINAL)|={3,}|>{5,9} (?:REPLACE|UPDATED)|-{3,} SEARCH|\+{3,} REPLACE|:(?:start|end)_line:|-{7}\s*$)/.test(
    text,
  )
    ? text.slice(1)
    : text;
}

const whole = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
