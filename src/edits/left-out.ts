import type { Hunk } from './edit.ts';
import type { SourceLines } from './source-lines.ts';

/** `// ... existing code ...`, `# rest of the file unchanged …`: a comment with dots and words for what is not written. */
const standsForOthers =
  /^\s*(?:\/\/|#|--|\/\*|<!--|;|%|\{\s*\/\*)\s*(?=.*(?:\.{3}|…)).*\b(?:existing|rest|remaining|remainder|unchanged|omitted|as before|same as|other (?:methods|functions|code|lines)|previous code|more code|your code)\b/i;

/** A line of a replacement that stands for lines which would be lost; undefined = all lines are written. */
export function leftOut(source: SourceLines, { search, replace }: Hunk): string | undefined {
  const fresh = replace.split('\n').filter((line) => standsForOthers.test(line));
  if (fresh.length === 0) return undefined;
  const there = new Set([...search.split('\n'), ...source.lines].map((line) => line.trim()));
  const written = new Set(replace.split('\n').map((line) => line.trim()));
  const isLosing = search.split('\n').some((line) => line.trim() !== '' && !written.has(line.trim()));
  return isLosing ? fresh.find((line) => !there.has(line.trim())) : undefined;
}
