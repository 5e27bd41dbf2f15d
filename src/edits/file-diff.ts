/** What was done to one file, as far as git can show it as text. */
export interface FileDiff {
  readonly path: string;
  /** Where it was before it was renamed. */
  readonly from?: string;
  readonly change: 'added' | 'changed' | 'deleted' | 'renamed';
  /** Lines of a unified diff, from its first `@@` on; empty where there is no text to show. */
  readonly hunks: string;
}

/** A longer line is no code that anybody wrote. */
const longestLine = 500;

/** The part of git's output for one file that says what changed. */
export function hunksIn(diff: string): string {
  const lines = diff.split('\n');
  const first = lines.findIndex((line) => line.startsWith('@@'));
  if (first < 0) return lines.some((line) => line.startsWith('Binary files ')) ? '(binary)' : '';
  return lines.slice(first).map(shortened).join('\n').trimEnd();
}

/** A new file's text as git would show it. */
export function asAdded(text: string): string {
  if (text.includes('\0')) return '(binary)';
  const lines = text.replace(/\n$/, '').split(/\r?\n/);
  return [`@@ -0,0 +1,${lines.length} @@`, ...lines.map((line) => `+${shortened(line)}`)].join('\n');
}

/** The same with the number that each line has in the file now; lines that went have none. */
export function numbered(hunks: string): string {
  let at = 0;
  return hunks
    .split('\n')
    .map((line) => {
      const begin = /^@@+ .*?\+(\d+)/.exec(line)?.[1];
      if (begin !== undefined) {
        at = Number(begin);
        return line;
      }
      const isThere = line.startsWith('+') || line.startsWith(' ');
      return `${isThere ? String(at++).padStart(5) : '     '} ${line}`;
    })
    .join('\n');
}

function shortened(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine).toWellFormed()}…`;
}
