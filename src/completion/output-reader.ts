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
import { SyntaxReading } from './syntax/reading.ts';

/**
 * Reads a model's text as it comes and knows when it has enough.
 * Decides only at places the text itself marks (a line's first character, a line's end), so that
 * the result never depends on how the network cut the stream.
 */
export class OutputReader {
  readonly #situation: Situation;
  readonly #tokens: SpecialTokenCut;
  #received = '';
  #body = '';
  #checkedTo = 0;
  #cutAt: number | undefined;
  readonly #cutBy: string[] = [];
  #done = false;

  constructor(situation: Situation) {
    const { grammar, prefix, syntax } = situation;
    this.#situation = grammar ? { ...situation, reading: new SyntaxReading(grammar, prefix, syntax) } : situation;
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
    this.#read(false);
  }

  /** Nothing more will come. */
  end(): void {
    if (this.#done) return;
    this.#read(true);
    this.#finish();
  }

  #read(ended: boolean): void {
    const raw = lineFeeds(this.#received);
    // A carriage return may be half of a line end.
    const settled = !ended && raw.length > 0 && this.#received.endsWith('\r') ? raw.slice(0, -1) : raw;
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
    this.#body = body.text;
    this.#check(over || body.closed);
    if (over || body.closed) this.#finish();
  }

  #check(ended: boolean): void {
    for (let end = nextPlace(this.#body, this.#checkedTo); end !== undefined; end = nextPlace(this.#body, end)) {
      this.#checkedTo = end;
      if (this.#cut(this.#body.slice(0, end), false)) return;
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

/** Just behind the next line end or first character of a line, after `from`. */
function nextPlace(text: string, from: number): number | undefined {
  const atHead = text.slice(text.lastIndexOf('\n', from - 1) + 1, from).trim() === '';
  for (let index = from; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '\n' || (atHead && character !== ' ' && character !== '\t')) return index + 1;
  }
  return undefined;
}
