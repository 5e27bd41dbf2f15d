/** A change of whole lines as a model would write it: `before` stands above `old`, `behind` below. */
export interface Passage {
  readonly line: number;
  readonly before: readonly string[];
  readonly old: readonly string[];
  readonly fresh: readonly string[];
  readonly behind: readonly string[];
}

const escaped = (line: string): string =>
  /^(?:<{7,8} SEARCH|={3,}|>{7,8} REPLACE|-{3,} SEARCH|\+{3,} REPLACE|:(?:start|end)_line:|-{7}\s*$)/.test(line)
    ? `\\${line}`
    : line;

const block = (open: string, divider: string, close: string) => (passages: readonly Passage[]) =>
  passages
    .flatMap(({ before, old, fresh, behind }) => [
      open,
      ...[...before, ...old, ...behind].map(escaped),
      divider,
      ...[...before, ...fresh, ...behind].map(escaped),
      close,
    ])
    .join('\n');

const hunk = ({ before, old, fresh, behind }: Passage): readonly string[] => [
  ...before.map((line) => ` ${line}`),
  ...old.map((line) => `-${line}`),
  ...fresh.map((line) => `+${line}`),
  ...behind.map((line) => ` ${line}`),
];

/** Each format, written as it is taught. */
export const writers: Readonly<Record<string, (passages: readonly Passage[]) => string>> = {
  'SEARCH/REPLACE': block('<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE'),
  'dashed SEARCH/REPLACE': block('------- SEARCH', '=======', '+++++++ REPLACE'),
  patch: (passages) =>
    [
      '*** Begin Patch',
      '*** Update File: a.txt',
      ...passages.flatMap((passage) => ['@@', ...hunk(passage)]),
      '*** End Patch',
    ].join('\n'),
  'unified diff': (passages) =>
    [
      '--- a/a.txt',
      '+++ b/a.txt',
      ...passages.flatMap((passage) => [`@@ -${passage.line} +${passage.line} @@`, ...hunk(passage)]),
    ].join('\n'),
  'find and replace': (passages) =>
    JSON.stringify({
      edits: passages.map(({ before, old, fresh, behind }) => ({
        old_string: [...before, ...old, ...behind].join('\n'),
        new_string: [...before, ...fresh, ...behind].join('\n'),
      })),
    }),
};
