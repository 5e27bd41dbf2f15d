import { describe, expect, it } from 'vitest';
import { FindingReader, type ReadFinding } from '../../../src/edits/read/finding-reader.ts';

const paths = ['src/sum.ts', 'README.md', 'lib/src/sum.ts'];

function read(reply: string, size = reply.length): readonly ReadFinding[] {
  const reader = new FindingReader(paths);
  const found: ReadFinding[] = [];
  for (let at = 0; at < reply.length; at += size) found.push(...reader.push(reply.slice(at, at + size)));
  return [...found, ...reader.end()];
}

const block = '<<<<<<< SEARCH\n  return a - b;\n=======\n  return a + b;\n>>>>>>> REPLACE';
const written = `### src/sum.ts:2\n>   return a - b;\nIt subtracts.\n${block}\n\n### README.md:7\nSays nothing of it.\n`;

/** Each as `path:line quote | text | search→replace`, or what could not be read. */
const brief = (rows: readonly ReadFinding[]): readonly string[] =>
  rows.map((row) => {
    if (row.kind === 'unreadable') return `? ${row.text}`;
    const { path, line, quotes, text, hunks, problem } = row.finding;
    const changes = hunks.map(({ search, replace }) => `${search.trim()}→${replace.trim()}`);
    return [`${path}:${line} ${quotes.join('/').trim()}`, text, ...changes, ...(problem ? ['problem'] : [])].join(
      ' | ',
    );
  });

describe('the findings of a review', () => {
  it('come one by one, however the reply is cut', () => {
    const whole = brief(read(written));
    expect(whole).toEqual([
      'src/sum.ts:2 return a - b; | It subtracts. | return a - b;→return a + b;',
      'README.md:7  | Says nothing of it.',
    ]);
    for (const size of [1, 3, 17]) expect(brief(read(written, size))).toEqual(whole);
  });

  it('are known as soon as the next one begins', () => {
    const reader = new FindingReader(paths);
    expect(reader.push('### src/sum.ts:2\nWrong.\n')).toEqual([]);
    expect(brief(reader.push('### README.md:7\n'))).toEqual(['src/sum.ts:2  | Wrong.']);
  });

  it.each<[string, string, string]>([
    ['bold', '**src/sum.ts:12** is wrong\nSo.', 'src/sum.ts:12  | So.'],
    ['in marks', '### `src/sum.ts:12`\nSo.', 'src/sum.ts:12  | So.'],
    ['with a word for the line', '#### src/sum.ts, line 12\nSo.', 'src/sum.ts:12  | So.'],
    ['with L', '## src/sum.ts#L12-L14\nSo.', 'src/sum.ts:12  | So.'],
    ['with a severity', '### ./src/sum.ts:12 [bug]\nSo.', 'src/sum.ts:12  | So.'],
    ['as a list item', '1. src/sum.ts:12\nSo.', 'src/sum.ts:12  | So.'],
    ['with the names of a diff', '### b/src/sum.ts:12\nSo.', 'src/sum.ts:12  | So.'],
    ['of a longer path', '### lib/src/sum.ts:3\nSo.', 'lib/src/sum.ts:3  | So.'],
    ['with Windows line ends', '### src/sum.ts:12\r\n> x = 1\r\nSo.\r\n', 'src/sum.ts:12 x = 1 | So.'],
  ])('are found by a heading %s', (_, reply, expected) => {
    expect(brief(read(reply))).toEqual([expected]);
  });

  it('do not begin where prose names a place', () => {
    const reply = '### src/sum.ts:2\nSee also:\n- README.md:7 says otherwise\n#### Why\nBecause.';
    expect(read(reply)).toHaveLength(1);
  });

  it('take their quote from the change where they give none', () => {
    expect(brief(read(`### src/sum.ts:9\nIt subtracts.\n\`\`\`\n${block}\n\`\`\`\n`))).toEqual([
      'src/sum.ts:9 return a - b; | It subtracts. | return a - b;→return a + b;',
    ]);
  });

  it('may suggest a change as a forge does', () => {
    const reply = '### src/sum.ts:2\n>   return a - b;\nWrong.\n```suggestion\n  return a + b;\n```\n';
    expect(brief(read(reply))).toEqual(['src/sum.ts:2 return a - b; | Wrong. | return a - b;→return a + b;']);
  });

  it('whose change breaks off keep their words', () => {
    const reply = '### src/sum.ts:2\nWrong.\n<<<<<<< SEARCH\n  return a - b;\n=======\n  ret';
    expect(brief(read(reply))).toEqual(['src/sum.ts:2  | Wrong. | problem']);
  });

  it.each<[string, string, readonly string[]]>([
    ['of a file that is not there', '### other.ts:3\nBad.\n', ['? ### other.ts:3\nBad.']],
    ['in another form', 'The function subtracts.\n', ['? The function subtracts.']],
    ['that are none', '### none\n', []],
    ['that are none, in a sentence', 'I found no issues.\n', []],
    ['of an empty reply', '', []],
  ])('%s', (_, reply, expected) => {
    expect(brief(read(reply))).toEqual(expected);
  });
});
