/** Text that is typed at one place of a file, by a person of whom the server knows what he is about to type. */
export interface Passage {
  readonly file: string;
  /** The line where it is typed, from 1. */
  readonly line: number;
  /** Says in a prompt which passage is meant. */
  readonly mark: string;
  readonly keys: readonly string[];
  /** What the keys put into the file, one entry a key. */
  readonly typed: readonly string[];
  /** What is suggested after so many keys. */
  readonly predictions: readonly string[];
  /** Keys that are other ones than predicted. */
  readonly contradicting: readonly number[];
}

/** `contradicting`: every tenth key, and the last, is another one than the server expects. */
export type Kind = 'expected' | 'contradicting';

export interface Language {
  readonly name: string;
  readonly file: string;
  readonly eol: '\n' | '\r\n';
  readonly indent: string;
  readonly comment: string;
  readonly open: (nth: number) => string;
  readonly close: string;
  /** Longer than what is typed of it, so that something is left to be shown after the last key. */
  readonly text: (nth: number) => string;
}

const script = (nth: number): string =>
  `const total${nth} = prices.map(toNumber);\nreturn total${nth}.reduce((sum, price) => sum + price, 0);`;

export const languages: readonly Language[] = [
  {
    name: 'TypeScript',
    file: 'prices.ts',
    eol: '\n',
    indent: '  ',
    comment: '//',
    open: (nth) => `export function total${nth}(prices: readonly string[]): number {`,
    close: '}',
    text: script,
  },
  {
    name: 'Python',
    file: 'prices.py',
    eol: '\n',
    indent: '    ',
    comment: '#',
    open: (nth) => `def total_${nth}(prices):`,
    close: '',
    text: (nth) => `total${nth} = [price.net for price in prices]\nreturn sum(total${nth}) / max(len(total${nth}), 1)`,
  },
  {
    name: 'CRLF and tabs',
    file: 'prices.js',
    eol: '\r\n',
    indent: '\t',
    comment: '//',
    open: (nth) => `export function total${nth}(prices) {`,
    close: '}',
    text: script,
  },
];

export const keysInBurst = 60;
const wrong = 'Quite.another(way);';

/** A file with a place to type at for each of `kinds`. Line breaks move what is below, so begin with the last one. */
export function fileToTypeIn(
  language: Language,
  kinds: readonly Kind[],
): { readonly text: string; readonly passages: readonly Passage[] } {
  const { file, eol, indent, comment, open, close } = language;
  const lines: string[] = [];
  const passages = kinds.map((kind, nth): Passage => {
    const mark = `place ${nth} of ${file}`;
    lines.push(open(nth), `${indent}${comment} ${mark}`, indent, close, '');
    return { file, mark, line: lines.length - 2, ...typing(language, nth, kind) };
  });
  return { text: lines.join(eol), passages };
}

function typing({ text, indent }: Language, nth: number, kind: Kind): Omit<Passage, 'file' | 'line' | 'mark'> {
  const all = [...text(nth)];
  // The editor indents a new line like the one before.
  const inFile = all.map((character) => (character === '\n' ? `\n${indent}` : character));
  const keys = all.slice(0, keysInBurst);
  const isOther = (at: number): boolean => kind === 'contradicting' && at % 10 === 9 && keys[at]?.trim() !== '';
  const contradicting = [...keys.keys()].filter(isOther);
  const predictions = [...keys.keys(), keysInBurst].map((done) => {
    const other = contradicting.find((key) => key >= done);
    return other === undefined ? inFile.slice(done).join('') : inFile.slice(done, other).join('') + wrong;
  });
  return { keys, typed: inFile.slice(0, keysInBurst), predictions, contradicting };
}
