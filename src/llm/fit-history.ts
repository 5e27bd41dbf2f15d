import { joinNeighbours } from './join-neighbours.ts';
import type { AssistantMessage, AssistantPart, ImagePart, Message, TextPart } from './message.ts';
import type { ChatProtocol } from './model-facts.ts';
import type { ModelRef } from './model-ref.ts';
import { pairToolCalls } from './pair-tool-calls.ts';

/** Who is to read the history. */
export interface HistoryTarget {
  readonly protocol: ChatProtocol;
  readonly model: ModelRef;
  /** `false`: it is known to take none. */
  readonly images?: boolean;
}

export interface FittedHistory {
  readonly messages: readonly Message[];
  /** Images the target cannot take; a few words stand in their place. */
  readonly imagesLeftOut: number;
}

/**
 * A conversation in which any models had their say, as the target accepts it. What the target wrote itself goes back
 * unchanged; of the others' turns only what every model understands. What holds afterwards:
 * the user begins; no turn is empty; nobody speaks twice in a row; every tool call has an id of its own, arguments that
 * are a JSON object, and right behind it one result; every turn of an assistant can be written as the target's own.
 */
export function fitHistory(messages: readonly Message[], target: HistoryTarget): FittedHistory {
  const isOwn = (message: AssistantMessage): boolean =>
    message.protocol === target.protocol && message.model === target.model;
  const said = messages.flatMap((message): readonly Message[] => {
    if (message.role !== 'assistant') return [message];
    const content = isOwn(message) ? ownParts(message) : message.content.flatMap(foreignPart);
    return content.some(says) ? [{ ...message, content }] : [];
  });
  const { protocol, model } = target;
  const signed = pairToolCalls(said, isOwn).map((message) =>
    message.role === 'assistant' ? { ...message, protocol, model } : message,
  );
  const joined = joinNeighbours(signed);
  const begun: readonly Message[] = joined[0]?.role === 'assistant' ? [beginning, ...joined] : joined;
  return target.images === false ? withoutImages(begun) : { messages: begun, imagesLeftOut: 0 };
}

const beginning: Message = {
  role: 'user',
  content: [{ type: 'text', text: '[The beginning of the conversation is missing]' }],
};

/** All of it, but for a thought that led to nothing because the turn was stopped: as the end of a turn it is refused. */
function ownParts({ content }: AssistantMessage): readonly AssistantPart[] {
  return content.slice(0, content.findLastIndex((part) => part.type !== 'reasoning') + 1);
}

/** What one model may be shown of another: its words and its tool calls. */
function foreignPart(part: AssistantPart): readonly AssistantPart[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [{ type: 'text', text: part.text }];
    case 'tool-call':
      // A tool of the other vendor's own: neither call nor result would be understood.
      if (part.server) return [];
      return [{ type: 'tool-call', id: part.id, name: part.name, arguments: part.arguments }];
    case 'reasoning':
    case 'opaque':
      return [];
  }
}

/** Whether a turn that holds nothing else is a turn at all. */
function says(part: AssistantPart): boolean {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text.trim() !== '';
    case 'tool-call':
      return !part.server;
    case 'reasoning':
    case 'opaque':
      return false;
  }
}

function withoutImages(messages: readonly Message[]): FittedHistory {
  let imagesLeftOut = 0;
  const inWords = (part: TextPart | ImagePart): TextPart => {
    if (part.type === 'text') return part;
    imagesLeftOut++;
    return { type: 'text', text: '[An image, which this model cannot see]' };
  };
  const told = messages.map((message) =>
    message.role === 'assistant' ? message : { ...message, content: message.content.map(inWords) },
  );
  return { messages: told, imagesLeftOut };
}
