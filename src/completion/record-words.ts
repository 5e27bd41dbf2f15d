import { stageNames } from './explain.ts';
import type { CompletionRecord, RequestRecord, Source } from './record.ts';

/** The page that shows the last calls for a suggestion, newest first: what came of each, and the exact prompt. Markdown. */
export function wordRecords(records: readonly CompletionRecord[]): string {
  if (records.length === 0) return '# Last requests for inline completions\n\nNo suggestion was asked for yet.\n';
  const newest = records.toReversed();
  const rows = newest.map((record, index) => cells(record, index + 1));
  return [
    '# Last requests for inline completions',
    '',
    'Newest first. Kept in memory only; nobody is sent this page.',
    '',
    ...table([['', 'time', 'file', 'ended at', 'what came of it', 'took'], ...rows]),
    '',
    ...newest.map((record, index) => wordRecord(record, index + 1)),
  ].join('\n');
}

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
  const what = outcome === 'shown' && source ? `${accepted ? 'accepted' : 'shown'}, ${sources[source]}` : outcome;
  return [`${number}`, clock(at), cell(path), stageNames[endedBy], what, wordMs(record.totalMs)];
}

function wordRecord(record: CompletionRecord, number: number): string {
  const { keys, stages, text, request, source } = record;
  const facts = [
    record.trigger === 'invoke' ? 'asked for by hand' : 'while typing',
    source === undefined ? '' : `text ${sources[source]}`,
    keys > 1 ? `stands for ${keys} keys` : '',
    record.languageId,
  ];
  return [
    `## ${number}. ${clock(record.at)} ${record.path}`,
    '',
    record.outcome === 'shown' ? record.reason : `${stageNames[record.endedBy]}: ${record.reason}`,
    '',
    `- call: ${facts.filter((fact) => fact !== '').join(', ')}`,
    `- stages: ${stages.map(({ stage, ms }) => `${stageNames[stage].toLowerCase()} ${wordMs(ms)}`).join(' → ')}`,
    ...(request ? wordRequest(request) : ['- request: none']),
    ...(text === undefined ? [] : ['', 'Shown:', '', fenced(text)]),
    ...(request
      ? ['', 'Answer as it came:', '', fenced(request.received), '', 'Prompt:', '', fenced(request.prompt)]
      : []),
    '',
  ].join('\n');
}

function wordRequest(request: RequestRecord): readonly string[] {
  const { model, form, firstTextMs, totalMs, usage, cost, cutBy, redacted, ended, error } = request;
  const times = [
    firstTextMs === undefined ? 'no text' : `first text after ${wordMs(firstTextMs)}`,
    totalMs === undefined ? 'still on its way' : `done after ${wordMs(totalMs)}`,
    ended ?? '',
  ];
  return [
    `- request: ${model}, form ${form}, ${times.filter((time) => time !== '').join(', ')}`,
    ...(error === undefined ? [] : [`- error: ${error}`]),
    ...(usage === undefined
      ? []
      : [`- tokens: ${usage.estimated ? 'about ' : ''}${usage.input} in, ${usage.output} out${wordCost(cost)}`]),
    ...(redacted === undefined ? [] : [`- taken out of the prompt before it was sent: ${redacted.join(', ')}`]),
    ...(cutBy.length === 0 ? [] : [`- changed by: ${cutBy.join(', ')}`]),
  ];
}

const sources: Readonly<Record<Source, string>> = {
  'typed-along': 'already on the screen',
  cache: 'from the cache',
  'in-flight': 'from a request already on its way',
  network: 'from the model',
};

const clock = (at: number): string => new Date(at).toLocaleTimeString();
const cell = (text: string): string => text.replaceAll('|', '\\|');
const wordMs = (ms: number): string => (ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`);
const wordCost = (cost: number | undefined): string => (cost === undefined ? '' : `, $${cost.toPrecision(2)}`);

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
