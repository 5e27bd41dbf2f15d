import type { Situation } from '../situation.ts';
import { openerOf, scan, type Token, type Within } from '../syntax/scan.ts';
import type { CutRule } from './filter.ts';

/**
 * The block the cursor is in closes: what follows belongs to something else. Where the closing line ends a statement
 * (`});`), the next one may follow at once, but not after an empty line.
 * A bracket that already stands after the cursor is not closed a second time.
 */
export const blockEnd: CutRule = (text, situation, ended) => {
  if (situation.prose || situation.reading?.judge(text, ended)) return undefined;
  let reading = readings.get(situation);
  if (!reading || !text.startsWith(reading.read)) reading = new Reading(situation);
  readings.set(situation, reading);
  const at = reading.goOn(text);
  if (!ended && at === undefined) return undefined;
  // Decided, or at its end: whatever comes next is another text.
  readings.delete(situation);
  return at ?? reading.goOn(`${text}\n`);
};

/** A text grows line by line: what was read of it is not read again. */
const readings = new WeakMap<Situation, Reading>();

class Reading {
  readonly #situation: Situation;
  readonly #depth: Depth;
  #within: Within;
  #closed: { readonly at: number; readonly statement: boolean } | undefined;
  #gap = false;
  /** The lines read so far, with their ends. */
  read = '';

  constructor(situation: Situation) {
    this.#situation = situation;
    this.#depth = new Depth(situation);
    this.#within = situation.within;
  }

  goOn(text: string): number | undefined {
    for (let start = this.read.length; ; ) {
      const end = text.indexOf('\n', start);
      const head = text.slice(start, end < 0 ? undefined : end).trimStart();
      const closed = this.#closed;
      if (closed && head !== '' && (!closed.statement || this.#gap) && !goesOnClosing(head, end >= 0)) return closed.at;
      if (end < 0) return undefined;
      this.#takeLine(text.slice(start, end + 1), start, head);
      if (this.#depth.surplus !== undefined) return atLineStart(text, this.#depth.surplus);
      start = end + 1;
      this.read = text.slice(0, start);
    }
  }

  #takeLine(line: string, start: number, head: string): void {
    this.#gap = head === '';
    const { level } = this.#depth;
    const { tokens, end } = scan(line, this.#situation.syntax, this.#within);
    this.#within = end;
    for (const token of tokens) this.#depth.take({ ...token, index: token.index + start });
    this.#depth.endLine();
    const closesHere = this.#depth.isBelow && this.#depth.level < level;
    const at = start + line.length - 1;
    if (head !== '') this.#closed = closesHere ? { at, statement: /[),;\]]\s*$/.test(head) } : undefined;
  }
}

/** Where a text closes what is closed already; `tokens` are its brackets. */
export function surplusIn(text: string, tokens: readonly Token[], situation: Situation): number | undefined {
  const depth = new Depth(situation);
  let next = 0;
  for (const line of linesOf(text)) {
    for (let token = tokens[next]; token && token.index < line.end; token = tokens[++next]) depth.take(token);
    depth.endLine();
    if (depth.surplus !== undefined) return atLineStart(text, depth.surplus);
  }
  return undefined;
}

/** How far the text has gone below the level of the cursor. */
class Depth {
  readonly #missing: number;
  readonly #rest: string[];
  readonly #kinds: ReadonlySet<string>;
  #opened = 0;
  #net = 0;
  #blockClosed = false;
  #crossing: number | undefined;

  constructor(situation: Situation) {
    this.#missing = situation.missing;
    this.#kinds = new Set(situation.open.map((opener) => opener.bracket));
    this.#rest = situation.closers.filter((closer) => closer.onCursorLine).map((closer) => closer.bracket);
  }

  take(token: Token): void {
    if (token.kind === 'open') {
      this.#opened += 1;
      this.#net += 1;
    } else if (token.kind === 'close') {
      if (this.#opened > 0) this.#opened -= 1;
      else if (this.#rest[0] === token.bracket) {
        // Written over the same bracket right of the cursor.
        this.#rest.shift();
        return;
        // The pattern of a shell's `case`, a bracket in words: nothing of its kind is open.
      } else if (token.bracket !== '}' && !this.#kinds.has(openerOf(token.bracket))) return;
      this.#net -= 1;
      if (this.#net < 0 && token.bracket === '}') this.#blockClosed = true;
      if (this.#net < -this.#missing) this.#crossing ??= token.index;
    }
  }

  /** `} else {`: a line that opens again what it closed has closed nothing. */
  endLine(): void {
    if (this.#net >= -this.#missing) this.#crossing = undefined;
  }

  get level(): number {
    return this.#net;
  }

  /** A block is closed, not only an expression. */
  get isBelow(): boolean {
    return this.#opened === 0 && this.#net < 0 && this.#blockClosed;
  }

  /** The bracket that closes what is closed already. */
  get surplus(): number | undefined {
    return this.#opened === 0 ? this.#crossing : undefined;
  }
}

interface Line {
  readonly text: string;
  readonly end: number;
  readonly complete: boolean;
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((line, index, all) => {
    const end = start + line.length;
    start = end + 1;
    return { text: line, end, complete: index < all.length - 1 };
  });
}

const goesOnClosing = (head: string, complete: boolean): boolean =>
  /^[)\]}]/.test(head) && (!complete || onlyClosers(head));

const onlyClosers = (line: string): boolean => /^[)\]};,\s]*$/.test(line);

function atLineStart(text: string, index: number): number {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  return text.slice(start, index).trim() === '' ? start : index;
}
