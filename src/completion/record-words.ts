import * as l10n from '@vscode/l10n';
import { language, tenths, times, twoDigits, whole } from '../util/in-language.ts';
import { stageName } from './explain.ts';
import type { CompletionRecord, RequestRecord, Source } from './record.ts';

/** The page that shows the last calls for a suggestion, newest first: what came of each, and the exact prompt. Markdown. */
export function wordRecords(records: readonly CompletionRecord[]): string {
  if (records.length === 0) return `${heading()}\n\n${l10n.t('No suggestion was asked for yet.')}\n`;
  const newest = records.toReversed();
  const rows = newest.map((record, index) => cells(record, index + 1));
  return [
    heading(),
    '',
    l10n.t('Newest first. Kept in memory only; nobody is sent this page.'),
    '',
    ...table([columnTitles(), ...rows]),
    '',
    ...newest.map((record, index) => wordRecord(record, index + 1)),
  ].join('\n');
}

const heading = (): string => `# ${l10n.t('Last requests for inline completions')}`;

const columnTitles = (): readonly string[] => [
  '',
  l10n.t('time'),
  l10n.t('file'),
  l10n.t('ended at'),
  l10n.t('what came of it'),
  l10n.t('took'),
];

/** Padded, so that it can be read as it stands. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`,
  );
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return lines.toSpliced(1, 0, rule);
}

function cells(record: CompletionRecord, number: number): readonly string[] {
  const { at, path, endedBy, outcome, accepted, source } = record;
  const what =
    outcome === 'shown' && source
      ? `${accepted ? l10n.t('accepted') : l10n.t('shown')}, ${sources[source]()}`
      : outcomeName(outcome);
  return [`${number}`, clock(at), cell(path), stageName(endedBy), what, wordMs(record.totalMs)];
}

function outcomeName(outcome: CompletionRecord['outcome']): string {
  switch (outcome) {
    case 'shown':
      return l10n.t('shown');
    case 'nothing':
      return l10n.t('nothing');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'failed':
      return l10n.t('failed');
  }
}

function wordRecord(record: CompletionRecord, number: number): string {
  const { keys, stages, text, request, source } = record;
  const facts = [
    record.trigger === 'invoke' ? l10n.t('asked for by hand') : l10n.t('while typing'),
    source === undefined ? '' : l10n.t('text {0}', sources[source]()),
    keys > 1 ? l10n.t('stands for {0} keys', keys) : '',
    record.languageId,
  ];
  return [
    `## ${number}. ${clock(record.at)} ${record.path}`,
    '',
    record.outcome === 'shown' ? record.reason : `${stageName(record.endedBy)}: ${record.reason}`,
    '',
    `- ${l10n.t('call: {0}', facts.filter((fact) => fact !== '').join(', '))}`,
    `- ${l10n.t('stages: {0}', stages.map(({ stage, ms }) => `${stageName(stage).toLocaleLowerCase(language())} ${wordMs(ms)}`).join(' → '))}`,
    ...(request ? wordRequest(request) : [`- ${l10n.t('request: none')}`]),
    ...(text === undefined ? [] : ['', l10n.t('Shown:'), '', fenced(text)]),
    ...(request
      ? [
          '',
          l10n.t('Answer as it came:'),
          '',
          fenced(request.received),
          '',
          l10n.t('Prompt:'),
          '',
          fenced(request.prompt),
        ]
      : []),
    '',
  ].join('\n');
}

function wordRequest(request: RequestRecord): readonly string[] {
  const { model, form, firstTextMs, totalMs, usage, cost, cutBy, redacted, ended, error } = request;
  const times = [
    firstTextMs === undefined ? l10n.t('no text') : l10n.t('first text after {0}', wordMs(firstTextMs)),
    totalMs === undefined ? l10n.t('still on its way') : l10n.t('done after {0}', wordMs(totalMs)),
    ended ?? '',
  ];
  return [
    `- ${l10n.t('request: {0}, form {1}, {2}', model, form, times.filter((time) => time !== '').join(', '))}`,
    ...(error === undefined ? [] : [`- ${l10n.t('error: {0}', error)}`]),
    ...(usage === undefined ? [] : [`- ${wordTokens(usage, cost)}`]),
    ...(redacted === undefined
      ? []
      : [`- ${l10n.t('taken out of the prompt before it was sent: {0}', redacted.join(', '))}`]),
    ...(cutBy.length === 0 ? [] : [`- ${l10n.t('changed by: {0}', cutBy.join(', '))}`]),
  ];
}

const sources: Readonly<Record<Source, () => string>> = {
  'typed-along': () => l10n.t('already on the screen'),
  cache: () => l10n.t('from the cache'),
  'in-flight': () => l10n.t('from a request already on its way'),
  network: () => l10n.t('from the model'),
};

function wordTokens(
  { estimated, input, output }: NonNullable<RequestRecord['usage']>,
  cost: number | undefined,
): string {
  const count = estimated
    ? l10n.t('tokens: about {0} in, {1} out', whole(input), whole(output))
    : l10n.t('tokens: {0} in, {1} out', whole(input), whole(output));
  return cost === undefined ? count : `${count}, ${twoDigits(cost)}`;
}

const clock = times({ timeStyle: 'medium' });
const cell = (text: string): string => text.replaceAll('|', '\\|');
const wordMs = (ms: number): string => (ms < 10 ? `${tenths(ms)} ms` : `${Math.round(ms)} ms`);

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
