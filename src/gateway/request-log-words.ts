import type { AssistantPart } from '../llm/message.ts';
import { type Usage, writtenTokens } from '../llm/stream-event.ts';
import type { WireHeaders } from '../llm/wire-observer.ts';
import { parseJson } from '../util/json.ts';
import type { Exchange, LoggedRequest } from './request-log.ts';

/** What became of a request, in a word: `stop`, `rate-limit`, `waiting`, … */
export function outcomeOf({ end, totalMs }: LoggedRequest): string {
  if (end) return end.error?.code ?? end.finish;
  return totalMs === undefined ? 'waiting' : 'not heard to the end';
}

/** One line: status, time and tokens. */
export function summaryOf(logged: LoggedRequest): string {
  const status = logged.exchanges.at(-1)?.status;
  return [
    outcomeOf(logged),
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(logged.totalMs === undefined ? [] : [duration(logged.totalMs)]),
    ...(logged.end?.usage ? [usageWords(logged.end.usage)] : []),
    ...(logged.attempt > 1 ? [`attempt ${logged.attempt}`] : []),
    ...(logged.exchanges.length > 1 ? [`sent ${logged.exchanges.length} times`] : []),
  ].join(' · ');
}

/** The request as a page of Markdown: each part below a heading of its own, to be folded. */
export function pageOf(logged: LoggedRequest): string {
  const { ask, model, protocol, exchanges } = logged;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['When', new Date(logged.at).toLocaleString()],
    ['For', ask.chatId === undefined ? ask.role : `${ask.role}, chat ${ask.chatId}`],
    ['Model', `${model} over ${protocol}`],
    ['Attempt', logged.attempt > 1 ? String(logged.attempt) : undefined],
    ['Asked before', ask.tried?.map((tried) => `${tried.model} (${tried.why})`).join(', ')],
    ['Outcome', summaryOf(logged)],
    ['Cost', logged.end?.cost === undefined ? undefined : `$${Number(logged.end.cost.toPrecision(3))}`],
    ['Error', logged.end?.error?.message],
  ];
  const sections = [
    `# ${ask.role} · ${model} · ${clock(logged.at)}`,
    facts.flatMap(([name, value]) => (value ? [`- **${name}:** ${oneLine(value)}`] : [])).join('\n'),
    section('Timings', timings(logged)),
    ...exchanges.flatMap((exchange, at) => exchangeSections(exchange, exchanges.length > 1 ? ` ${at + 1}` : '')),
    ...(exchanges.length === 0 ? [section('Handed over', 'Nothing left over HTTP.'), fenced(handedOver(logged))] : []),
    section('Answer', answerOf(logged)),
  ];
  return logged.hide(`${sections.join('\n\n')}\n`);
}

export type Answer = Pick<LoggedRequest, 'end' | 'said'>;

/** What the model said, for a page or for a comparison. */
export function answerOf({ end, said }: Answer): string {
  const text = end ? end.message.content.flatMap(partWords).join('\n\n') : said;
  const failure = end?.error === undefined ? [] : [`> ${end.error.code}: ${oneLine(end.error.message)}`];
  return [...(text === '' ? [] : [text]), ...failure].join('\n\n') || 'Nothing.';
}

function partWords(part: AssistantPart): readonly string[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [part.text];
    case 'tool-call':
      return [`Calls \`${part.name}\`:\n\n${fenced(part.arguments)}`];
    case 'reasoning':
    case 'opaque':
      return [];
  }
}

function exchangeSections({ sent, status, headers }: Exchange, number: string): readonly string[] {
  const head = [`${sent.method} ${sent.url}`, ...headerLines(sent.headers)].join('\n');
  return [
    section(`Request${number}`, fenced(head, 'http')),
    ...(sent.body === undefined ? [] : [section(`Body${number}`, fenced(sent.body))]),
    ...(status === undefined || !headers
      ? []
      : [section(`Response${number}`, fenced([`HTTP ${status}`, ...headerLines(headers)].join('\n'), 'http'))]),
  ];
}

function headerLines(headers: WireHeaders): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each}`));
}

function timings({ exchanges, firstTokenMs, totalMs }: LoggedRequest): string {
  const rows = exchanges.flatMap(({ sentMs, connectedMs, kept, respondedMs }, at): readonly string[] => [
    ...(at === 0 ? [] : [`- sent again after ${duration(sentMs)}`]),
    ...(connectedMs === undefined
      ? []
      : [kept ? '- connection kept from before' : `- connected after ${duration(connectedMs - sentMs)}`]),
    ...(respondedMs === undefined ? [] : [`- first byte after ${duration(respondedMs - sentMs)}`]),
  ]);
  const ends = [
    ...(firstTokenMs === undefined ? [] : [`- first token after ${duration(firstTokenMs)}`]),
    totalMs === undefined ? '- not ended yet' : `- ended after ${duration(totalMs)}`,
  ];
  return [...rows, ...ends].join('\n');
}

function handedOver({ request }: LoggedRequest): string {
  return JSON.stringify(request);
}

/** `12,340 in (90 % cached) · 512 out` */
export function usageWords(usage: Usage): string {
  const about = usage.estimated ? '≈' : '';
  const share = usage.cached
    ? ` (${Math.round((usage.cached / Math.max(usage.input, usage.cached)) * 100)} % cached)`
    : '';
  return `${about}${count(usage.input)} in${share} · ${about}${count(writtenTokens(usage))} out`;
}

export function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}`;
}

/** JSON is laid out to be read and to be folded; the exact bytes are what “Copy as curl” gives. */
function fenced(text: string, language = 'json'): string {
  const parsed = language === 'json' ? parseJson(text) : undefined;
  const shown = parsed === undefined ? text : JSON.stringify(parsed, null, 2);
  const fence = '`'.repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${fence}${language}\n${shown}\n${fence}`;
}

const count = (tokens: number): string => tokens.toLocaleString('en-US');

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
