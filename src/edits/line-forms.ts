import type { Rung } from './edit.ts';

export interface LineForm {
  readonly rung: Rung;
  /** The line as it is compared. */
  readonly form: (line: string) => string;
}

export const asWritten: LineForm = { rung: 'exact', form: (line) => line };
export const withoutIndentation: LineForm = { rung: 'indentation', form: (line) => line.trim() };

/** What a rung of the ladder overlooks in a line, strictest first. Fuzzy matching comes after all of them. */
export const lineForms: readonly LineForm[] = [
  asWritten,
  { rung: 'trailing-space', form: (line) => line.trimEnd() },
  withoutIndentation,
  { rung: 'punctuation', form: (line) => plainPunctuation(line).trim() },
];

const plain: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201A\u201B\u2032]/g, "'"],
  [/[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/\u2026/g, '...'],
  [/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' '],
  [/[\u200B-\u200D\u2060\uFEFF]/g, ''],
];

/** Typographic quotes, dashes and spaces as a keyboard has them: models write the one for the other. */
export function plainPunctuation(line: string): string {
  // Most lines are plain already.
  if (/^[ -~\t]*$/.test(line)) return line;
  return plain.reduce((text, [typographic, typed]) => text.replace(typographic, typed), line.normalize('NFC'));
}
