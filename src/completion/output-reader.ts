import { lineFeeds } from '../util/line-feeds.ts';
import { bodyOf } from './postprocess/answer-body.ts';
import { cutRules } from './postprocess/order.ts';
import {
  mayBeginWithToken,
  SpecialTokenCut,
  withoutOpeningTokens,
  withoutPartialToken,
} from './postprocess/special-tokens.ts';
import type { Situation } from './situation.ts';

/** A text for the file longer than this is none anybody wanted: the server knows no limit. */
const mostBody = 16_000;
/** The same for all that is sent, thoughts and prose included. */
const mostReceived = 64_000;
const sizeLimit = 'size-limit';

/**
 * Reads a model's text as it comes and knows when it has enough.
 * Decides only at places the text itself marks (a line's first character, a line's end), so that
 * the result never depends on how the network cut the stream.
 */
export class OutputReader {
  readonly #situation: Situation;
  readonly #tokens: SpecialTokenCut;
  #received = '';
  /** What was received, with line feeds only. */
  #raw = '';
  #half = '';
  #body = '';
  #searchedTo = 0;
  #atHead = true;
  #cutAt: number | undefined;
  readonly #cutBy: string[] = [];
  #done = false;

  constructor(situation: Situation) {
    const { grammar, prefix, syntax } = situation;
    this.#situation = grammar ? { ...situation, reading: grammar.open(prefix, syntax) } : situation;
    this.#tokens = new SpecialTokenCut(situation.specialTokens);
  }

  /** Nothing that may still come can change the text. */
  get done(): boolean {
    return this.#done;
  }

  /** Everything the model sent so far. */
  get received(): string {
    return this.#received;
  }

  /** The text for the file so far, not yet mended. */
  get text(): string {
    return this.#cutAt === undefined ? this.#body : this.#body.slice(0, this.#cutAt);
  }

  get cutBy(): readonly string[] {
    return this.#cutBy;
  }

  push(text: string): void {
    if (this.#done) return;
    this.#received += text;
    // A carriage return may be half of a line end.
    const piece = this.#half + text;
    this.#half = piece.endsWith('\r') ? '\r' : '';
    this.#raw += lineFeeds(this.#half === '' ? piece : piece.slice(0, -1));
    const isTooLong = this.#raw.length > mostReceived;
    if (isTooLong) {
      this.#raw = this.#raw.slice(0, mostReceived);
      this.#note(sizeLimit);
    }
    this.#read(isTooLong);
    if (isTooLong) this.#finish();
  }

  /** Nothing more will come. */
  end(): void {
    if (this.#done) return;
    this.#raw += lineFeeds(this.#half);
    this.#half = '';
    this.#read(true);
    this.#finish();
  }

  #read(ended: boolean): void {
    const settled = this.#raw;
    if (!ended && mayBeginWithToken(settled)) return;
    const plain = withoutOpeningTokens(settled);
    const token = this.#tokens.find(plain);
    const over = ended || token !== undefined;
    if (token !== undefined || plain !== settled) this.#note('special-tokens');
    const whole = token === undefined ? plain : plain.slice(0, token);
    const certain = over ? withoutPartialToken(whole) : this.#tokens.settled(whole);
    const body = bodyOf(certain, this.#situation, over);
    if (body === undefined) return;
    if ((over || body.closed) && body.text !== whole) this.#note('answer-body');
    const isTooLong = body.text.length > mostBody;
    this.#body = body.text.slice(0, mostBody);
    this.#check((over || body.closed) && !isTooLong);
    if (isTooLong && !this.#done) this.#shorten();
    if (over || body.closed) this.#finish();
  }

  /** Of a text that knows no end, the whole lines. */
  #shorten(): void {
    this.#body = wholeLines(this.#body);
    this.#note(sizeLimit);
    this.#cut(this.#body, true);
    this.#finish();
  }

  #check(ended: boolean): void {
    // A place is just behind a line end, and behind the first character of a line.
    while (this.#searchedTo < this.#body.length) {
      if (!this.#atHead) {
        const lineEnd = this.#body.indexOf('\n', this.#searchedTo);
        if (lineEnd < 0) {
          this.#searchedTo = this.#body.length;
          break;
        }
        this.#searchedTo = lineEnd;
      }
      const character = this.#body.charAt(this.#searchedTo);
      this.#searchedTo += 1;
      const isPlace = character === '\n' || (this.#atHead && character !== ' ' && character !== '\t');
      this.#atHead = character === '\n' || (this.#atHead && !isPlace);
      if (isPlace && this.#cut(this.#body.slice(0, this.#searchedTo), false)) return;
    }
    if (ended) this.#cut(this.#body, true);
  }

  #cut(text: string, ended: boolean): boolean {
    let first: { readonly name: string; readonly at: number } | undefined;
    for (const { name, rule } of cutRules) {
      const at = rule(text, this.#situation, ended);
      if (at !== undefined && at < (first?.at ?? text.length + 1)) first = { name, at };
    }
    if (!first) return false;
    this.#cutAt = first.at;
    this.#cutBy.push(first.name);
    this.#finish();
    return true;
  }

  #finish(): void {
    this.#done = true;
    this.#situation.reading?.close();
  }

  #note(name: string): void {
    if (!this.#cutBy.includes(name)) this.#cutBy.push(name);
  }
}

/** Without the line that was cut in its middle, where there are others. */
function wholeLines(text: string): string {
  const end = text.lastIndexOf('\n');
  if (end > 0 && text.slice(0, end).trim() !== '') return text.slice(0, end);
  return text.isWellFormed() ? text : text.slice(0, -1);
}
