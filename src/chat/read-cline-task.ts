import { isObject, numberAt, stringAt } from '../util/json.ts';
import type { ForeignChat, ForeignMessage } from './foreign-chat.ts';

/** Cline's `ui_messages.json` or `api_conversation_history.json`, whose folder is named after the task; undefined = neither. */
export function readClineTask(value: unknown, folder: string): ForeignChat | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const messages = value.some(isUiMessage) ? shown(value) : value.some(isApiMessage) ? sent(value) : undefined;
  if (messages === undefined) return undefined;
  const at = /^\d{12,14}$/.test(folder) ? Number(folder) : undefined;
  return {
    from: 'cline',
    messages,
    ...(folder !== '' && { session: folder }),
    ...(at !== undefined && { at }),
  };
}

const isUiMessage = (entry: unknown): boolean =>
  (stringAt(entry, 'type') === 'say' || stringAt(entry, 'type') === 'ask') && numberAt(entry, 'ts') !== undefined;

const isApiMessage = (entry: unknown): boolean => {
  const role = stringAt(entry, 'role');
  return (role === 'user' || role === 'assistant') && isObject(entry) && entry['content'] !== undefined;
};

/** What stood on the screen. */
function shown(entries: readonly unknown[]): readonly ForeignMessage[] {
  const messages: ForeignMessage[] = [];
  let reasoning = '';
  for (const [index, entry] of entries.entries()) {
    const text = stringAt(entry, 'text') ?? '';
    const at = numberAt(entry, 'ts');
    const time = at === undefined ? {} : { at };
    const what = stringAt(entry, 'say') ?? stringAt(entry, 'ask');
    if (isObject(entry) && entry['partial'] === true) continue;
    switch (what) {
      case 'task':
      case 'user_feedback':
        messages.push({ role: 'user', text, ...time });
        break;
      case 'reasoning':
        reasoning += text;
        break;
      case 'text':
        // A task begins with its own words, said once more in some versions.
        if (index === 0) messages.push({ role: 'user', text, ...time });
        else if (text !== '') messages.push({ role: 'assistant', text, reasoning, ...time });
        if (index > 0) reasoning = '';
        break;
      case 'completion_result':
      case 'followup':
      case 'plan_mode_respond': {
        const said = asked(text);
        if (said !== '' && messages.at(-1)?.text !== said) messages.push({ role: 'assistant', text: said, ...time });
        break;
      }
      case 'tool':
      case 'command':
        messages.push({ role: 'assistant', text: toolLine(text), ...time });
        break;
    }
  }
  return messages;
}

/** What went over the wire: the user's words stand between tags, results of tools and the state of the editor around them. */
function sent(entries: readonly unknown[]): readonly ForeignMessage[] {
  return entries.flatMap((entry) => {
    const role = stringAt(entry, 'role');
    if (role !== 'user' && role !== 'assistant') return [];
    const content = isObject(entry) ? entry['content'] : undefined;
    const parts =
      typeof content === 'string' ? [{ type: 'text', text: content }] : Array.isArray(content) ? content : [];
    const text = parts
      .map((part: unknown) => {
        if (stringAt(part, 'type') === 'tool_use') {
          return `\n> \`${stringAt(part, 'name') ?? '…'}\` ${JSON.stringify(isObject(part) ? part['input'] : undefined) ?? ''}`;
        }
        return stringAt(part, 'type') === 'text' ? (stringAt(part, 'text') ?? '') : '';
      })
      .join('\n');
    const at = numberAt(entry, 'ts');
    return [{ role, text: role === 'user' ? own(text) : text.trim(), ...(at !== undefined && { at }) }];
  });
}

/** The user's own words of a message to the model; nothing where it only carries results. */
function own(text: string): string {
  const tagged = [...text.matchAll(/<(task|feedback|user_message|answer)>\s*([\s\S]*?)\s*<\/\1>/g)].map(
    ([, , words]) => words,
  );
  if (tagged.length > 0) return tagged.join('\n\n');
  const plain = text.replace(/<environment_details>[\s\S]*?<\/environment_details>/g, '').trim();
  return plain.startsWith('[') ? '' : plain;
}

/** Questions are JSON with the words inside, or the words themselves. */
function asked(text: string): string {
  const value = jsonOf(text);
  return (stringAt(value, 'question') ?? stringAt(value, 'response') ?? text).replace(/HAS_CHANGES$/, '').trim();
}

function toolLine(text: string): string {
  const value = jsonOf(text);
  const name = stringAt(value, 'tool');
  return name === undefined
    ? `> \`${text.slice(0, 500)}\``
    : `> \`${name}\` ${stringAt(value, 'path') ?? ''}`.trimEnd();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
