import { arrayAt, isObject, objectAt, stringAt } from '../util/json.ts';
import type { ForeignChat, ForeignMessage } from './foreign-chat.ts';

/** A file of `~/.continue/sessions`; undefined where this is something else. */
export function readContinueSession(value: unknown): ForeignChat | undefined {
  if (!isObject(value) || !Array.isArray(value['history'])) return undefined;
  const entries = value['history'];
  if (!entries.some((entry) => objectAt(entry, 'message') !== undefined)) return undefined;
  const [session, title] = [stringAt(value, 'sessionId'), stringAt(value, 'title')];
  const workspace = stringAt(value, 'workspaceDirectory')?.replace(/^file:\/\//, '');
  const created = stringAt(value, 'dateCreated');
  const at = created === undefined ? Number.NaN : Number(created) || Date.parse(created);
  return {
    from: 'continue',
    messages: joined(entries),
    ...(session !== undefined && { session }),
    ...(title !== undefined && title !== 'New Session' && { title }),
    ...(workspace && { workspace }),
    ...(Number.isFinite(at) && { at }),
  };
}

/** What was thought stands before what was said; tools say nothing of their own here. */
function joined(entries: readonly unknown[]): readonly ForeignMessage[] {
  const messages: ForeignMessage[] = [];
  let reasoning = '';
  for (const entry of entries) {
    const message = objectAt(entry, 'message');
    const text = textOf(message?.['content']);
    const role = stringAt(message, 'role');
    if (role === 'thinking') reasoning += text;
    if (role === 'user') messages.push({ role, text });
    if (role !== 'assistant') continue;
    const calls = arrayAt(message, 'toolCalls').map((call) => objectAt(call, 'function'));
    const named = calls.map(
      (call) => `\n\n> \`${stringAt(call, 'name') ?? '…'}\` ${stringAt(call, 'arguments') ?? ''}`,
    );
    const model = stringAt(arrayAt(entry, 'promptLogs')[0], 'modelTitle');
    messages.push({ role, text: `${text}${named.join('')}`.trim(), reasoning, ...(model !== undefined && { model }) });
    reasoning = '';
  }
  return messages;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return (Array.isArray(content) ? content : []).map((part) => stringAt(part, 'text') ?? '').join('');
}
