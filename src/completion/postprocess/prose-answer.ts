import * as l10n from '@vscode/l10n';
import type { Filter } from './filter.ts';

const openings =
  /^\s*(?:here(?:'s| is| are)|sure[,!.]|certainly|of course|okay[,.]|the (?:completion|missing|code|text|answer)|to complete|i(?:'m| am| will| can|'ll) |as an ai|this (?:code|completes|would)|you (?:can|should)|based on|it (?:looks|seems))\b/i;

/** Do the words speak about an answer, instead of being it? */
export const opensInWords = (text: string): boolean => openings.test(text);

/** A chat model that answers in words has nothing for the file. Only where the file is code: prose may begin so. */
export const proseAnswer: Filter = (text, situation) => {
  if (situation.answer !== 'chat' || situation.prose || situation.within !== 'code') return text;
  return opensInWords(text) ? { cut: l10n.t('The model answered in words instead of code.') } : text;
};
