import type { CutRule } from './filter.ts';

/** At most `maxLines` lines; blank ones at the beginning do not count. */
export const lineLimit: CutRule = (text, situation) => {
  const start = situation.maxLines === 1 ? 0 : text.length - text.trimStart().length;
  let lines = 1;
  for (let index = text.indexOf('\n', start); index >= 0; index = text.indexOf('\n', index + 1)) {
    if (lines === situation.maxLines) return index;
    lines += 1;
  }
  return undefined;
};
