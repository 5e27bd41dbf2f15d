import { scan } from '../syntax/scan.ts';
import type { CutRule } from './filter.ts';

/** A line of three backticks in code is the end of an answer, not code; comments and long strings may hold one. */
export const fenceLine: CutRule = (text, situation) => {
  if (situation.prose) return undefined;
  for (const match of text.matchAll(/^[ \t]*```/gm)) {
    const { end } = scan(text.slice(0, match.index), situation.syntax, situation.within);
    if (end === 'code' || end === '`') return match.index;
  }
  return undefined;
};
