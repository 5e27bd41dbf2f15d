import { scan } from '../syntax/scan.ts';
import type { CutRule } from './filter.ts';

/** A line of three backticks in code is the end of an answer, not code; comments and long strings may hold one. */
export const fenceLine: CutRule = (text, situation) => {
  if (situation.prose) return undefined;
  // Lines before the last were looked at when they were the last.
  const start = text.lastIndexOf('\n', text.length - 2) + 1;
  if (!/^[ \t]*```/.test(text.slice(start))) return undefined;
  const { end } = scan(text.slice(0, start), situation.syntax, situation.within);
  return end === 'code' || end === '`' ? start : undefined;
};
