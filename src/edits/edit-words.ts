import type { EditError } from './edit.ts';

/** What went wrong with an edit, in words that a model can act on; `hunk` and `path` are added where they are known. */

export function noEdit(): EditError {
  return { code: 'no-edit', message: 'The reply holds no edit that can be read.' };
}

export function truncated(what: string): EditError {
  return { code: 'truncated', message: `The reply breaks off inside ${what}; nothing was changed.` };
}

export function malformed(line: number, what: string): EditError {
  return { code: 'malformed', message: `Line ${line} of the reply: ${what}. Nothing was changed.` };
}

export function notFound(nearest?: { readonly line: number; readonly text: string }, likeness = 0): EditError {
  const message = 'The text to replace is not in the file.';
  if (!nearest || likeness < leastTold) return { code: 'not-found', message };
  const percent = Math.min(99, Math.round(likeness * 100));
  return {
    code: 'not-found',
    message: `${message} Nearest to it are the lines from ${nearest.line} on (${percent} % alike):\n${nearest.text}`,
    nearest,
  };
}

export function ambiguous(lines: readonly number[]): EditError {
  const named = lines.slice(0, 8).join(', ');
  return {
    code: 'ambiguous',
    message: `The text to replace is in the file ${lines.length} times (lines ${named}${lines.length > 8 ? ', …' : ''}). Give more of the lines around it.`,
  };
}

export function overlapping(other: number): EditError {
  return { code: 'overlap', message: `It changes lines that hunk ${other} changes, too.` };
}

export function nothingChanged(): EditError {
  return { code: 'no-change', message: 'The replacement is the text that stands there.' };
}

export function linesLeftOut(line: string): EditError {
  return {
    code: 'malformed',
    message: `"${line.trim()}" stands for lines that are left out; they would be lost. Write all lines, or smaller changes.`,
  };
}

export function noSuchFile(path: string | undefined): EditError {
  return { code: 'no-such-file', message: 'There is no such file.', ...(path !== undefined && { path }) };
}

export function fileExists(path: string | undefined): EditError {
  return {
    code: 'file-exists',
    message: 'The file exists and is not empty; a new one was to be written.',
    ...(path !== undefined && { path }),
  };
}

export function unencodable(encoding: string, letters: string): EditError {
  return { code: 'unencodable', message: `${encoding} has no bytes for ${letters}.` };
}

export function unreadableBytes(encoding: string, text: string): EditError {
  const shown = text.trim().slice(0, 40);
  return {
    code: 'unencodable',
    message: `The line to change has bytes that are no ${encoding}; "${shown}" was not written.`,
  };
}

/** Text less alike than this helps nobody to find the place. */
const leastTold = 0.5;
