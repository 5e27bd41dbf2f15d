/** A place in a file as a model names it. */
export interface FilePlace {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

const place =
  /^(?:\.\/)?((?:[a-z]:[/\\])?[\w@.+\-/\\()[\] ]*[\w)\]])(?::(\d{1,7})(?::(\d{1,5}))?(?:-\d+)?|#L(\d{1,7})(?:C\d+)?(?:-L?\d+)?|\s?\((?:line )?(\d{1,7})\))?$/i;
const longest = 300;

/** `src/a.ts:12`, `src/a.ts#L12-L20`, `a.ts (12)`: undefined where the text does not look like a file. */
export function readFilePlace(text: string): FilePlace | undefined {
  if (text.length > longest) return undefined;
  const [, path, line, column, anchor, bracket] = place.exec(text.trim()) ?? [];
  if (path === undefined || path.includes('..')) return undefined;
  // A file has an ending or stands in a folder; `a.b` could be code, which the host will not find.
  if (!/[/\\]/.test(path) && !/\.[\w-]+$/.test(path)) return undefined;
  const first = Number(line ?? anchor ?? bracket);
  return { path, ...(first > 0 && { line: first }), ...(Number(column) > 0 && { column: Number(column) }) };
}

/** `Session.receive()`, `readFilePlace`, `MAX_SIZE`: a name that more than likely is of code. */
export function readSymbolName(text: string): string | undefined {
  if (text.length > 100 || !/^[A-Za-z_$][\w$]*(?:(?:\.|::|#)[A-Za-z_$][\w$]*)*(?:\(\))?$/.test(text)) return undefined;
  return /[a-z][A-Z]|\(\)$|[A-Za-z]_[A-Za-z]|^[A-Z][a-z]+[a-z\d]*$/.test(text) ? text : undefined;
}
