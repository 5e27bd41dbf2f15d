interface Numbered {
  readonly search: readonly string[];
  readonly replace: readonly string[];
  /** The first number the passage had. */
  readonly line?: number;
}

const numbered = /^\s*(\d+) \| ?([\s\S]*)$/;

/**
 * A passage copied with the line numbers it was shown with (`12 | text`), without them. Numbers are taken off where all
 * lines have one; undefined where the replacement has them on some lines only: which are text cannot be told.
 */
export function withoutLineNumbers(search: readonly string[], replace: readonly string[]): Numbered | undefined {
  const first = numbered.exec(search[0] ?? '');
  if (!first || !search.every((line) => numbered.test(line))) return { search, replace };
  const withNumber = replace.filter((line) => numbered.test(line)).length;
  if (withNumber > 0 && withNumber < replace.length) return undefined;
  return {
    search: search.map(bare),
    replace: withNumber > 0 ? replace.map(bare) : replace,
    line: Number(first[1]),
  };
}

const bare = (line: string): string => numbered.exec(line)?.[2] ?? line;
