import type { CutRule } from './filter.ts';

/** A model that sends so many empty lines first has nothing to say. */
const mostBlankLines = 20;

/** At most `maxLines` lines; blank ones at the beginning do not count, unless there is no end of them. */
export const lineLimit: CutRule = (text, situation) => {
  // A limit is reached with a line's end.
  if (!text.endsWith('\n') && situation.maxLines !== 1) return undefined;
  const start = situation.maxLines === 1 ? 0 : text.length - text.trimStart().length;
  if (start === text.length && text.split('\n', mostBlankLines + 1).length > mostBlankLines) return 0;
  let lines = 1;
  for (let index = text.indexOf('\n', start); index >= 0; index = text.indexOf('\n', index + 1)) {
    if (lines === situation.maxLines) return index;
    lines += 1;
  }
  return undefined;
};
