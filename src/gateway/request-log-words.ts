import * as l10n from '@vscode/l10n';
import type { AssistantPart } from '../llm/message.ts';
import { type Usage, writtenTokens } from '../llm/stream-event.ts';
import type { WireHeaders } from '../llm/wire-observer.ts';
import { numbers, tenths, times, whole } from '../util/in-language.ts';
import { parseJson } from '../util/json.ts';
import type { Exchange, LoggedRequest } from './request-log.ts';

/** What became of a request, in a word: `stop`, `rate-limit`, `waiting`, … */
export function outcomeOf({ end, totalMs }: LoggedRequest): string {
  if (end) return end.error?.code ?? end.finish;
  return totalMs === undefined ? l10n.t('waiting') : l10n.t('not heard to the end');
}

/** One line: status, time and tokens. */
export function summaryOf(logged: LoggedRequest): string {
  const status = logged.exchanges.at(-1)?.status;
  return [
    outcomeOf(logged),
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(logged.totalMs === undefined ? [] : [duration(logged.totalMs)]),
    ...(logged.end?.usage ? [usageWords(logged.end.usage)] : []),
    ...(logged.attempt > 1 ? [l10n.t('attempt {0}', logged.attempt)] : []),
    ...(logged.exchanges.length > 1 ? [l10n.t('sent {0} times', logged.exchanges.length)] : []),
  ].join(' · ');
}

/** The request as a page of Markdown: each part below a heading of its own, to be folded. */
export function pageOf(logged: LoggedRequest): string {
  const { ask, model, protocol, exchanges } = logged;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('When'), fullTime(logged.at)],
    [l10n.t('For'), ask.chatId === undefined ? ask.role : l10n.t('{0}, chat {1}', ask.role, ask.chatId)],
    [l10n.t('Model'), l10n.t('{0} over {1}', model, protocol)],
    [l10n.t('Attempt'), logged.attempt > 1 ? String(logged.attempt) : undefined],
    [l10n.t('Asked before'), ask.tried?.map((tried) => `${tried.model} (${tried.why})`).join(', ')],
    [l10n.t('Outcome'), summaryOf(logged)],
    [l10n.t('Cost'), logged.end?.cost === undefined ? undefined : threeDigits(logged.end.cost)],
    [l10n.t('Error'), logged.end?.error?.message],
  ];
  const sections = [
    `# ${ask.role} · ${model} · ${clock(logged.at)}`,
    facts.flatMap(([name, value]) => (value ? [`- **${name}:** ${oneLine(value)}`] : [])).join('\n'),
    section(l10n.t('Timings'), timings(logged)),
    ...exchanges.flatMap((exchange, at) => exchangeSections(exchange, exchanges.length > 1 ? ` ${at + 1}` : '')),
    ...(exchanges.length === 0
      ? [section(l10n.t('Handed over'), l10n.t('Nothing left over HTTP.')), fenced(handedOver(logged))]
      : []),
    section(l10n.t('Answer'), answerOf(logged)),
  ];
  return logged.hide(`${sections.join('\n\n')}\n`);
}

export type Answer = Pick<LoggedRequest, 'end' | 'said'>;

/** What the model said, for a page or for a comparison. */
export function answerOf({ end, said }: Answer): string {
  const text = end ? end.message.content.flatMap(partWords).join('\n\n') : said;
  const failure = end?.error === undefined ? [] : [`> ${end.error.code}: ${oneLine(end.error.message)}`];
  return [...(text === '' ? [] : [text]), ...failure].join('\n\n') || l10n.t('Nothing.');
}

function partWords(part: AssistantPart): readonly string[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [part.text];
    case 'tool-call':
      return [`${l10n.t('Calls `{0}`:', part.name)}\n\n${fenced(part.arguments)}`];
    case 'reasoning':
    case 'opaque':
      return [];
  }
}

function exchangeSections({ sent, status, headers }: Exchange, number: string): readonly string[] {
  const head = [`${sent.method} ${sent.url}`, ...headerLines(sent.headers)].join('\n');
  return [
    section(`${l10n.t('Request')}${number}`, fenced(head, 'http')),
    ...(sent.body === undefined ? [] : [section(`${l10n.t('Body')}${number}`, fenced(sent.body))]),
    ...(status === undefined || !headers
      ? []
      : [
          section(
            `${l10n.t('Response')}${number}`,
            fenced([`HTTP ${status}`, ...headerLines(headers)].join('\n'), 'http'),
          ),
        ]),
  ];
}

function headerLines(headers: WireHeaders): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each}`));
}

function timings({ exchanges, firstTokenMs, totalMs }: LoggedRequest): string {
  const rows = exchanges.flatMap(({ sentMs, connectedMs, kept, respondedMs }, at): readonly string[] => [
    ...(at === 0 ? [] : [`- ${l10n.t('sent again after {0}', duration(sentMs))}`]),
    ...(connectedMs === undefined
      ? []
      : [
          kept
            ? `- ${l10n.t('connection kept from before')}`
            : `- ${l10n.t('connected after {0}', duration(connectedMs - sentMs))}`,
        ]),
    ...(respondedMs === undefined ? [] : [`- ${l10n.t('first byte after {0}', duration(respondedMs - sentMs))}`]),
  ]);
  const ends = [
    ...(firstTokenMs === undefined ? [] : [`- ${l10n.t('first token after {0}', duration(firstTokenMs))}`]),
    totalMs === undefined ? `- ${l10n.t('not ended yet')}` : `- ${l10n.t('ended after {0}', duration(totalMs))}`,
  ];
  return [...rows, ...ends].join('\n');
}

function handedOver({ request }: LoggedRequest): string {
  return JSON.stringify(request);
}

/** `12,340 in (90 % cached) · 512 out` */
export function usageWords(usage: Usage): string {
  const about = usage.estimated ? '≈' : '';
  const input = `${about}${whole(usage.input)}`;
  const { cached } = usage;
  return [
    cached
      ? l10n.t('{0} in ({1} cached)', input, `${Math.round((cached / Math.max(usage.input, cached)) * 100)} %`)
      : l10n.t('{0} in', input),
    l10n.t('{0} out', `${about}${whole(writtenTokens(usage))}`),
  ].join(' · ');
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

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${tenths(ms / 1000)} s`;
}

const fullTime = times({ dateStyle: 'medium', timeStyle: 'medium' });
const threeDigits = numbers({ style: 'currency', currency: 'USD', maximumSignificantDigits: 3 });

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
