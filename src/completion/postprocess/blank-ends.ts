import type { Situation } from '../situation.ts';
import type { Filter } from './filter.ts';

/** No blanks at the end and no heap of empty lines at the beginning; a line break the rest of the line needs stays. */
export const blankEnds: Filter = (text, situation) => {
  const trimmed = text.trimEnd();
  if (trimmed === '') return { cut: 'Nothing but blanks was left of the answer.' };
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

/** One blank before a word that follows on the line parts the two. */
function spaceKept(text: string, trimmed: string, begun: string, situation: Situation): string {
  const parts = /^ +$/.test(text.slice(trimmed.length)) && /^[^\s)\]}'"`;,.]/.test(situation.lineSuffix);
  return parts ? `${begun} ` : begun;
}
