import type { AssistantPart } from '../llm/message.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import type { AssistantTurn } from './turn.ts';

/** The reply after one more event of its stream. `elapsedMs` counts from the moment it was asked for. */
export function reduce(turn: AssistantTurn, event: StreamEvent, elapsedMs: number): AssistantTurn {
  switch (event.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return withFirstToken(appendText(withThought(turn, event.type, elapsedMs), event.type, event.text), elapsedMs);
    case 'tool-call':
      return withFirstToken(
        append(withThought(turn, event.type, elapsedMs), {
          type: 'tool-call',
          id: event.id,
          name: event.name,
          arguments: '',
        }),
        elapsedMs,
      );
    case 'tool-call-arguments':
      return appendArguments(turn, event.index, event.text);
    case 'notice':
      if (event.notice.kind === 'asking') {
        // What another model thought before it failed is no part of this one's reply.
        const { firstTokenMs: _, thoughtMs: __, thinkingSinceMs: ___, ...fresh } = turn;
        return { ...fresh, message: { ...turn.message, content: [], model: event.notice.model } };
      }
      return { ...turn, notices: [...turn.notices, event.notice] };
    case 'end':
      return {
        ...withThought(turn, event.type, elapsedMs),
        message: event.message,
        state: event.finish === 'error' ? 'failed' : event.finish === 'aborted' ? 'stopped' : 'done',
        totalMs: elapsedMs,
        ...(event.error && { error: event.error }),
        ...(event.usage && { usage: event.usage }),
        ...(event.cost !== undefined && { cost: event.cost }),
      };
  }
}

function withFirstToken(turn: AssistantTurn, elapsedMs: number): AssistantTurn {
  return turn.firstTokenMs === undefined ? { ...turn, firstTokenMs: elapsedMs } : turn;
}

/** Keeps the time of thinking: it lasts from its first words to the first of something else. */
function withThought(turn: AssistantTurn, type: StreamEvent['type'], elapsedMs: number): AssistantTurn {
  const { thinkingSinceMs, ...rest } = turn;
  if (type === 'reasoning') return { ...rest, thinkingSinceMs: thinkingSinceMs ?? elapsedMs };
  if (thinkingSinceMs === undefined) return turn;
  return { ...rest, thoughtMs: [...(turn.thoughtMs ?? []), elapsedMs - thinkingSinceMs] };
}

function append(turn: AssistantTurn, part: AssistantPart): AssistantTurn {
  return { ...turn, message: { ...turn.message, content: [...turn.message.content, part] } };
}

function appendText(turn: AssistantTurn, type: 'text' | 'reasoning' | 'refusal', text: string): AssistantTurn {
  const { content } = turn.message;
  const last = content.at(-1);
  if (last?.type !== type) return append(turn, { type, text });
  const grown: AssistantPart = { ...last, text: last.text + text };
  return { ...turn, message: { ...turn.message, content: [...content.slice(0, -1), grown] } };
}

function appendArguments(turn: AssistantTurn, index: number, text: string): AssistantTurn {
  let call = -1;
  const content = turn.message.content.map((part) => {
    if (part.type !== 'tool-call') return part;
    call++;
    return call === index ? { ...part, arguments: part.arguments + text } : part;
  });
  return { ...turn, message: { ...turn.message, content } };
}
