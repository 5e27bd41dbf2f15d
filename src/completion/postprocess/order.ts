import { blankEnds } from './blank-ends.ts';
import { blockEnd } from './block-end.ts';
import { dedent } from './dedent.ts';
import { doubledLine } from './doubled-line.ts';
import { fenceLine } from './fence-line.ts';
import { fileIndentation } from './file-indentation.ts';
import type { CutRule, Filter } from './filter.ts';
import { lineEnds } from './line-ends.ts';
import { lineLimit } from './line-limit.ts';
import { lineStart } from './line-start.ts';
import { linesAbove } from './lines-above.ts';
import { linesBelow } from './lines-below.ts';
import { loop } from './loop.ts';
import { proseAnswer } from './prose-answer.ts';
import { repeatsBelow } from './repeats-below.ts';
import { restOfLine } from './rest-of-line.ts';
import { syntaxEnd } from './syntax-end.ts';

/** While the text comes: where it has to end. The first to be certain decides. (Control tokens go before all of these.) */
export const cutRules: readonly { readonly name: string; readonly rule: CutRule }[] = [
  { name: 'line-limit', rule: lineLimit },
  { name: 'fence-line', rule: fenceLine },
  { name: 'syntax-end', rule: syntaxEnd },
  { name: 'block-end', rule: blockEnd },
  { name: 'dedent', rule: dedent },
  { name: 'repeats-below', rule: repeatsBelow },
  { name: 'loop', rule: loop },
];

/** When the text is complete: mended in this order. */
export const filters: readonly { readonly name: string; readonly filter: Filter }[] = [
  { name: 'prose-answer', filter: proseAnswer },
  { name: 'line-start', filter: lineStart },
  { name: 'doubled-line', filter: doubledLine },
  { name: 'file-indentation', filter: fileIndentation },
  { name: 'lines-below', filter: linesBelow },
  { name: 'rest-of-line', filter: restOfLine },
  { name: 'lines-above', filter: linesAbove },
  { name: 'blank-ends', filter: blankEnds },
  { name: 'line-ends', filter: lineEnds },
];
