import { surplusIn } from './block-end.ts';
import type { CutRule } from './filter.ts';

/**
 * What the grammar says has ended: the statement or block the cursor is in, or the first definition among others.
 * Decides at lines' ends only; `block-end` and `dedent` decide where there is no grammar or the text is broken.
 */
export const syntaxEnd: CutRule = (text, situation, ended) => {
  if (!ended && !text.endsWith('\n')) return undefined;
  const judgement = situation.reading?.judge(text, ended);
  if (!judgement) return undefined;
  const surplus = surplusIn(text, judgement.tokens, situation);
  return Math.min(surplus ?? text.length, judgement.end ?? text.length) < text.length
    ? Math.min(surplus ?? text.length, judgement.end ?? text.length)
    : undefined;
};
