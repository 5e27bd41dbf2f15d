import * as l10n from '@vscode/l10n';
import type { Situation } from '../situation.ts';
import { openerOf } from '../syntax/scan.ts';
import type { Filter } from './filter.ts';

/** No blanks at the end and no heap of empty lines at the beginning; a line break the rest of the line needs stays. */
export const blankEnds: Filter = (text, situation) => {
  const trimmed = text.trimEnd();
  if (trimmed === '') return { cut: l10n.t('Nothing but blanks was left of the answer.') };
  const begun = trimmed.replace(/^(?:[ \t]*\n){3,}/, '\n\n');
  const lineBreak = text.slice(trimmed.length).includes('\n') && breakBelongs(trimmed, situation);
  return lineBreak ? `${begun}\n${lastBlanks(text, situation)}` : spaceKept(text, trimmed, begun, situation);
};

/** Something still follows on the line, and it did not follow the text's last line before. */
function breakBelongs(text: string, situation: Situation): boolean {
  if (situation.lineSuffix.trim() === '') return false;
  return text.includes('\n') || situation.linePrefix.trim() === '';
}

function lastBlanks(text: string, situation: Situation): string {
  const blanks = /[ \t]*$/.exec(text)?.[0] ?? '';
  if (blanks !== '' || situation.linePrefix.trim() !== '') return blanks;
  return situation.linePrefix;
}

/** One blank stays that parts the text from what follows on the line, or stands there for symmetry: `{ a }`. */
function spaceKept(text: string, trimmed: string, begun: string, situation: Situation): string {
  return /^ +$/.test(text.slice(trimmed.length)) && partsFromRest(trimmed, situation) ? `${begun} ` : begun;
}

function partsFromRest(text: string, { lineSuffix, linePrefix, within, prose }: Situation): boolean {
  const next = lineSuffix.charAt(0);
  if (next === '' || /\s/.test(next)) return false;
  if (prose || within !== 'code') return true;
  if (!/[)\]};,.]/.test(next)) return true;
  const line = linePrefix + text.slice(text.lastIndexOf('\n') + 1);
  const opening = openerOf(next);
  return opening !== '' && line.charAt(line.lastIndexOf(opening) + 1) === ' ';
}
