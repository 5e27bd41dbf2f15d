import { openingTokens, specialTokens } from '../special-tokens.ts';

/** Finds control tokens in a text that grows; looks at every character once. */
export class SpecialTokenCut {
  readonly #tokens: readonly string[];
  readonly #longest: number;
  #searchedTo = 0;
  /** `</s>` ends a sentence of Llama and Mistral, unless the text struck something through. */
  #strikes = false;
  #end: number | undefined;

  constructor(ofTheFamily: readonly string[]) {
    this.#tokens = [...new Set([...specialTokens, ...ofTheFamily])];
    this.#longest = Math.max(...this.#tokens.map((token) => token.length));
  }

  /** Where `text` has to end; undefined = no token so far. `text` has to extend the one given before. */
  find(text: string): number | undefined {
    if (this.#end !== undefined) return this.#end;
    const from = Math.max(0, this.#searchedTo - this.#longest);
    const window = text.slice(from);
    let first: number | undefined;
    this.#strikes ||= /<s[\s>]/.test(window);
    for (const token of this.#strikes ? this.#tokens : [...this.#tokens, sentenceEnd]) {
      const index = window.indexOf(token);
      if (index >= 0 && (first === undefined || index < first)) first = index;
    }
    this.#searchedTo = text.length;
    if (first !== undefined) this.#end = from + first;
    return this.#end;
  }

  /** The text without an end that more text may turn into a token. */
  settled(text: string): string {
    for (let start = Math.max(0, text.length - this.#longest); start < text.length; start++) {
      const end = text.slice(start);
      if (this.#tokens.some((token) => token.startsWith(end)) || sentenceEnd.startsWith(end))
        return text.slice(0, start);
    }
    return text;
  }
}

const sentenceEnd = '</s>';

/** The text without tokens that only announce the answer. */
export function withoutOpeningTokens(text: string): string {
  for (const token of openingTokens) {
    if (text.startsWith(token)) return withoutOpeningTokens(text.slice(token.length));
  }
  return text;
}

/** May the text still turn out to begin with an announcing token? */
export function mayBeginWithToken(text: string): boolean {
  for (const token of openingTokens) if (token !== text && token.startsWith(text)) return true;
  return false;
}

/** The text without the beginning of a token at its very end, as a length limit leaves it. */
export function withoutPartialToken(text: string): string {
  const tail = Math.max(text.lastIndexOf('<'), text.lastIndexOf('['));
  const partial = tail < 0 ? '' : text.slice(tail);
  if (partial.length < 4) return text;
  return specialTokens.some((token) => token.startsWith(partial)) ? text.slice(0, tail) : text;
}
