import type { Situation } from '../situation.ts';
import { withoutEcho } from './echo.ts';
import { opensInWords } from './prose-answer.ts';

/** The part of the model's words that is meant for the file. */
export interface Body {
  readonly text: string;
  /** Its end has been seen; nothing that follows belongs to it. */
  readonly closed: boolean;
}

/** Tags a chat model is asked to put its answer between. */
export const answerTag = { open: '<completion>', close: '</completion>' } as const;

/**
 * Takes fences, tags, thoughts and prose off. Undefined = it cannot be told yet where the body begins;
 * once it can, more text only makes the body longer.
 */
export function bodyOf(raw: string, situation: Situation, ended: boolean): Body | undefined {
  const body = unwrapped(raw, situation, ended);
  if (body === undefined || situation.answer === 'fim') return body;
  const text = withoutEcho(body.text, situation, ended || body.closed);
  return text === undefined ? undefined : { ...body, text };
}

function unwrapped(raw: string, situation: Situation, ended: boolean): Body | undefined {
  const fences = situation.syntax.fences === true;
  if (situation.answer === 'fim') {
    if (fences || situation.within !== 'code') return { text: raw, closed: false };
    if (!ended && /^\s*(?:`{0,2}|```[\w+#.-]*[ \t]*)$/.test(raw)) return undefined;
    return /^\s*```[\w+#.-]*[ \t]*\n/.test(raw) ? insideFence(raw) : { text: raw, closed: false };
  }
  const answer = withoutThoughts(raw);
  if (answer === undefined) return undefined;
  const tag = answer.indexOf(answerTag.open);
  const fence = fences ? -1 : answer.search(fenceLine);
  if (tag >= 0 && (fence < 0 || tag < fence))
    return insideTag(answer.slice(tag + answerTag.open.length), situation, ended);
  if (fence >= 0) return insideFence(answer.slice(fence));
  return ended ? { text: fences ? outerFenceOff(answer) : answer, closed: true } : undefined;
}

const fenceLine = /^[ \t]*```[\w+#.-]*[ \t]*\n/m;

function insideFence(text: string): Body {
  const fence = text.trimStart();
  const body = fence.slice(fence.indexOf('\n') + 1);
  const end = body.search(/^[ \t]*```/m);
  return end < 0 ? { text: body, closed: false } : { text: body.slice(0, end).replace(/\n$/, ''), closed: true };
}

function insideTag(text: string, situation: Situation, ended: boolean): Body | undefined {
  const end = text.indexOf(answerTag.close);
  const closed = end >= 0;
  // Whether a fence or a line break opens the body shows only with its first characters.
  if (!closed && !ended && text.trim().length < 4) return undefined;
  if (/^\s*```[\w+#.-]*[ \t]*\n/.test(text)) return insideFence(closed ? text.slice(0, end) : text);
  const body = closed ? text.slice(0, end) : withoutPartial(text, answerTag.close);
  const ownLine = body.startsWith('\n');
  const opened = ownLine && !endsItsLine(situation) ? body.slice(1) : body;
  return { text: ownLine && closed ? opened.replace(/\n[ \t]*$/, '') : opened, closed };
}

/** What stands left of the cursor is a whole line, so a line break after it is meant. */
function endsItsLine({ linePrefix, lineSuffix, within }: Situation): boolean {
  return within === 'code' && lineSuffix.trim() === '' && /[{}()[\];:,]\s*$/.test(linePrefix);
}

function withoutPartial(text: string, mark: string): string {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return text.slice(0, -length);
  }
  return text;
}

/** Undefined while a thought is not finished. */
function withoutThoughts(raw: string): string | undefined {
  const begin = /^\s*<think(?:ing)?>/.exec(raw);
  if (!begin) return raw;
  const end = /<\/think(?:ing)?>/.exec(raw);
  return end ? raw.slice(end.index + end[0].length).replace(/^\n+/, '') : undefined;
}

function outerFenceOff(text: string): string {
  const match = /^\s*```(?:markdown|md)?[ \t]*\n([\s\S]*?)\n[ \t]*```\s*$/.exec(text);
  if (match?.[1] !== undefined) return match[1];
  const told = opensInWords(text) ? /\n[ \t]*```[\w+#.-]*[ \t]*\n([\s\S]*)\n[ \t]*```[ \t]*(?:\n|$)/.exec(text) : null;
  return told?.[1] ?? text;
}
