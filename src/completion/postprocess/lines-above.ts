import * as l10n from '@vscode/l10n';
import { type Filter, wordCharacters } from './filter.ts';

const least = 12;

/** A text that says exactly what the lines above the cursor say adds nothing. */
export const linesAbove: Filter = (text, situation) => {
  const above = situation.prefix
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.trim() !== '');
  const own = (situation.linePrefix + text).split('\n').filter((line) => line.trim() !== '');
  if (wordCharacters(text) < least || own.length === 0 || own.length > above.length) return text;
  const last = above.slice(-own.length);
  const same = own.every((line, index) => line.trimEnd() === last[index]?.trimEnd());
  return same ? { cut: l10n.t('The model only repeated the lines above.') } : text;
};
