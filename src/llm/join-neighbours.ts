import type { AssistantPart, ImagePart, Message, TextPart } from './message.ts';

/** Turns of the same side that stand together become one: many models want the two sides to take turns. */
export function joinNeighbours(messages: readonly Message[]): readonly Message[] {
  const joined: Message[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    const both = last && joinTwo(last, message);
    if (both) joined[joined.length - 1] = both;
    else joined.push(message);
  }
  return joined;
}

function joinTwo(first: Message, second: Message): Message | undefined {
  if (first.role === 'user' && second.role === 'user') {
    return { ...first, content: withGap<TextPart | ImagePart>(first.content, second.content) };
  }
  if (first.role === 'assistant' && second.role === 'assistant') {
    return { ...first, content: withGap<AssistantPart>(first.content, second.content) };
  }
  return undefined;
}

/** Two texts in a row would read as one word; an empty line stands between them. */
function withGap<Part extends { readonly type: string }>(
  first: readonly Part[],
  second: readonly Part[],
): readonly (Part | TextPart)[] {
  const isTextBesideText = first.at(-1)?.type === 'text' && second[0]?.type === 'text';
  const gap: readonly TextPart[] = isTextBesideText ? [{ type: 'text', text: '\n\n' }] : [];
  return [...first, ...gap, ...second];
}
