import { indentOf } from './balance.ts';
import { rubyOpens } from './ruby-blocks.ts';

/** How many of the blocks open at the cursor that a word ends (`def … end`) have no such word below. */
export function missingEnds(prefix: string, linesAfter: readonly string[], languageId: string): number {
  if (languageId !== 'ruby') return 0;
  const open: number[] = [];
  for (const line of prefix.split('\n')) {
    const code = line.trim();
    if (/^end\b/.test(code)) open.pop();
    else if (rubyOpens(code)) open.push(indentOf(line));
  }
  return open.filter((indent) => !endsBelow(indent, linesAfter)).length;
}

function endsBelow(indent: number, linesAfter: readonly string[]): boolean {
  const next = linesAfter.find(
    (line) =>
      line.trim() !== '' && indentOf(line) <= indent && !/^\s*(?:else|elsif|when|rescue|ensure|in)\b/.test(line),
  );
  return next !== undefined && indentOf(next) === indent && /^\s*end\b/.test(next);
}
