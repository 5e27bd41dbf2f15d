/** Special tokens as Qwen2.5-Coder spells them. */
export const special = {
  endOfText: '<|endoftext|>',
  turnStart: '<|im_start|>',
  turnEnd: '<|im_end|>',
  prefix: '<|fim_prefix|>',
  middle: '<|fim_middle|>',
  suffix: '<|fim_suffix|>',
  pad: '<|fim_pad|>',
  repository: '<|repo_name|>',
  file: '<|file_sep|>',
} as const;

/** All bytes, the pieces given, and the special tokens, spelled as byte-level tokenizers spell them. */
export class Vocabulary {
  readonly tokens: readonly string[];
  readonly types: readonly number[];

  constructor(pieces: readonly string[]) {
    const ordinary = [...byteLetters, ...pieces.map(spelled)];
    const specials: readonly string[] = Object.values(special);
    this.tokens = [...ordinary, ...specials];
    // Types of the format: 1 = ordinary, 3 = special.
    this.types = [...ordinary.map(() => 1), ...specials.map(() => 3)];
  }

  id(text: string): number {
    const specials: readonly string[] = Object.values(special);
    const found = this.tokens.indexOf(specials.includes(text) ? text : spelled(text));
    if (found < 0) throw new Error(`The vocabulary has no token for ${JSON.stringify(text)}.`);
    return found;
  }
}

/** GPT-2's letters for bytes: a printable one stands for itself, the others for letters from U+0100 on. */
const byteLetters: readonly string[] = (() => {
  const printable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
})();

function spelled(text: string): string {
  return [...Buffer.from(text, 'utf8')].map((byte) => byteLetters[byte]).join('');
}
