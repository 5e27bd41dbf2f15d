import type { ModelView } from '../../protocol/chat-view.ts';

/** How well a model fits what was typed: more is better; undefined = some word is nowhere in it. */
export function matchWords(model: ModelView, words: readonly string[]): number | undefined {
  const fields = fieldsOf(model);
  let total = 0;
  for (const word of words) {
    const best = Math.max(...fields.map(({ text, weight }) => weight * matchWord(text, word)));
    if (best <= 0) return undefined;
    total += best;
  }
  return total;
}

interface Field {
  readonly text: string;
  readonly weight: number;
}

/** Made once for each model: every key asks for them again. */
const kept = new WeakMap<ModelView, readonly Field[]>();

function fieldsOf(model: ModelView): readonly Field[] {
  const known = kept.get(model);
  if (known) return known;
  const fields = [
    { text: model.label.toLowerCase(), weight: 1 },
    { text: model.ref.toLowerCase(), weight: 0.9 },
    { text: model.provider.toLowerCase(), weight: 0.6 },
    { text: model.detail.toLowerCase(), weight: 0.3 },
  ];
  kept.set(model, fields);
  return fields;
}

/** 0 = not there. At the beginning of a word it counts most, in pieces least. */
function matchWord(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 10;
  if (at > 0) return isBoundary(text, at) || isBoundaryLater(text, word, at) ? 8 : 5;
  return inPieces(text, word);
}

function isBoundary(text: string, at: number): boolean {
  return !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ');
}

function isBoundaryLater(text: string, word: string, from: number): boolean {
  for (let at = text.indexOf(word, from + 1); at > 0; at = text.indexOf(word, at + 1)) {
    if (isBoundary(text, at)) return true;
  }
  return false;
}

/** Letters in their order with gaps, as in "cld" for "claude": no single gap may be long, or everything would match. */
const longestGap = 3;

function inPieces(text: string, word: string): number {
  if (word.length < 3) return 0;
  for (let start = text.indexOf(word[0] ?? ''); start >= 0; start = text.indexOf(word[0] ?? '', start + 1)) {
    if (!isBoundary(text, start)) continue;
    let at = start;
    let found = 1;
    for (; found < word.length; found++) {
      const next = text.indexOf(word[found] ?? '', at + 1);
      if (next < 0 || next - at > longestGap + 1) break;
      at = next;
    }
    if (found === word.length) return 2;
  }
  return 0;
}
