import { arrayAt, isObject, numberAt, objectAt, stringAt } from '../util/json.ts';
import type { ForeignChat, ForeignMessage } from './foreign-chat.ts';

/** What VS Code's "Chat: Export Chat…" writes; undefined where this is something else. */
export function readCopilotChat(value: unknown): ForeignChat | undefined {
  if (!isObject(value) || !Array.isArray(value['requests'])) return undefined;
  const session = stringAt(value, 'sessionId') ?? stringAt(value['requests'][0], 'requestId');
  const [title, at] = [stringAt(value, 'customTitle'), numberAt(value, 'creationDate')];
  return {
    from: 'copilot',
    messages: value['requests'].flatMap(messagesOf),
    ...(session !== undefined && { session }),
    ...(title !== undefined && { title }),
    ...(at !== undefined && { at }),
  };
}

function messagesOf(request: unknown): readonly ForeignMessage[] {
  const message = isObject(request) ? request['message'] : undefined;
  const parts = arrayAt(message, 'parts').map((part) => stringAt(part, 'text') ?? '');
  const asked = typeof message === 'string' ? message : (stringAt(message, 'text') ?? parts.join(''));
  const response = isObject(request) ? request['response'] : undefined;
  const pieces = Array.isArray(response) ? response : arrayAt(response, 'value');
  const model = stringAt(request, 'modelId')?.replace(/^copilot\//, '');
  const at = numberAt(request, 'timestamp');
  const about = { ...(model !== undefined && { model }), ...(at !== undefined && { at }) };
  const refusal = stringAt(objectAt(objectAt(request, 'result'), 'errorDetails'), 'message');
  const answered = pieces.map(textOf).join('').trim();
  return [
    { role: 'user', text: asked, ...(at !== undefined && { at }) },
    {
      role: 'assistant',
      text: answered === '' && refusal !== undefined ? refusal : answered,
      reasoning: pieces
        .filter((piece) => stringAt(piece, 'kind') === 'thinking')
        .map(markdownOf)
        .join('\n'),
      ...about,
    },
  ];
}

/** Parts without a kind are Markdown; the others are drawn by VS Code, and most of them say nothing in words. */
function textOf(piece: unknown): string {
  switch (stringAt(piece, 'kind')) {
    case undefined:
      return markdownOf(piece);
    case 'markdownContent':
    case 'markdownVuln':
      return markdownOf(isObject(piece) ? piece['content'] : undefined);
    case 'inlineReference':
      return `\`${referenceName(piece)}\``;
    case 'toolInvocationSerialized': {
      const said = isObject(piece) ? (piece['pastTenseMessage'] ?? piece['invocationMessage']) : undefined;
      const words = markdownOf(said);
      return words === '' ? '' : `\n\n> ${words.replace(/\n/g, ' ')}\n\n`;
    }
    case 'warning':
    case 'progressMessage':
      return '';
    default:
      return '';
  }
}

function markdownOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const inner = isObject(value) ? value['value'] : undefined;
  return Array.isArray(inner)
    ? inner.filter((line) => typeof line === 'string').join('\n')
    : (stringAt(value, 'value') ?? '');
}

function referenceName(piece: unknown): string {
  const target = objectAt(piece, 'inlineReference');
  const path = stringAt(target, 'path') ?? stringAt(objectAt(target, 'uri'), 'path');
  return stringAt(piece, 'name') ?? stringAt(target, 'name') ?? path?.split('/').at(-1) ?? '…';
}
