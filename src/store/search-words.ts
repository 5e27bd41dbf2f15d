/**
 * Text as the index takes it. Its tokenizer ends words at blanks and signs: `user_name` is two of them already. Writing
 * without blanks is taken sign by sign, and the parts of `getUserName` follow the word itself, so that any of them is found.
 */
export function wordsToIndex(text: string): string {
  const spaced = text.replace(unspaced, ' $& ');
  const parts: string[] = [];
  for (const [word] of spaced.matchAll(compound)) parts.push(partsOf(word));
  return parts.length === 0 ? spaced : `${spaced}\n${parts.join('\n')}`;
}

/** One query of the index for each word that was typed; all have to be found. Each may be the beginning of a word. */
export function queriesOf(search: string): readonly string[] {
  return search
    .split(/\s+/)
    .map((word) => word.replace(unspaced, ' $& ').match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [])
    .filter((words) => words.length > 0)
    .slice(0, mostWords)
    .map((words) => `"${words.join(' ')}"*`);
}

/** More would be a page pasted into the search field. */
const mostWords = 12;

/** Han, kana, Hangul, Thai, Lao, Khmer, Burmese: no blanks between words, or none that one would type. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]/gu;

/** A word with a hump or a digit in it: `getUserName`, `HTTPServer`, `utf8`. */
const compound = /[\p{L}\p{N}]*(?:\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll}|\p{L}\p{N})[\p{L}\p{N}]*/gu;

function partsOf(word: string): string {
  return word
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2');
}
