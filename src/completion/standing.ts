import type { Situation } from './situation.ts';
import { scan, type Within } from './syntax/scan.ts';

/** How the rest of the cursor's line stands once a text is put before it. */
export interface Standing {
  /** What the rest would be inside of. */
  readonly within: Within;
  /** Brackets the text opens and leaves open. */
  readonly opened: number;
  /** Leading characters of the rest that the text has written itself and therefore replaces. */
  readonly covered: number;
}

/** Reads `text` as if typed at the cursor, over closing marks that already stand there. */
export function standsAfter(text: string, situation: Situation): Standing {
  const marks = closingMarks(situation);
  const open: string[] = [];
  let next = 0;
  let covered = 0;
  const { tokens, end } = scan(text, situation.syntax, situation.within);
  for (const token of tokens) {
    const mark = marks[next];
    if (token.kind === 'open') open.push(token.bracket);
    else if (token.kind === 'close' && open.length > 0) open.pop();
    else if (mark && mark.text === (token.kind === 'close' ? token.bracket : token.quote)) {
      next += 1;
      covered = mark.end;
    }
  }
  // A string that was closed and opened again covers nothing.
  const reopened = end === situation.within && end !== 'code';
  return { within: end, opened: open.length, covered: reopened ? 0 : covered };
}

/** What the rest of the line was written inside of: a string that nothing on it closes is still to be closed. */
export function restWithin({ within, lineSuffix, syntax }: Situation): Within {
  return syntax.quotes.includes(within) && !lineSuffix.includes(within) ? 'code' : within;
}

interface Mark {
  readonly text: string;
  readonly end: number;
}

/** Quotes and brackets right of the cursor that close something left of it, as long as nothing else comes between. */
function closingMarks(situation: Situation): readonly Mark[] {
  const rest = situation.lineSuffix;
  const { tokens } = scan(rest, situation.syntax, restWithin(situation));
  const marks: Mark[] = [];
  let depth = 0;
  for (const token of tokens) {
    const text = token.kind === 'string-end' ? token.quote : token.bracket;
    const between = rest.slice(marks.at(-1)?.end ?? 0, token.index);
    if (token.kind === 'open') depth += 1;
    else if (depth > 0) depth -= 1;
    else if (between.trim() === '') marks.push({ text, end: token.index + text.length });
    if (between.trim() !== '') break;
  }
  return marks;
}
