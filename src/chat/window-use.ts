import type { Message } from '../llm/message.ts';
import { writtenTokens } from '../llm/stream-event.ts';
import type { WindowPart } from '../protocol/chat-view.ts';
import { sentMessage } from './history.ts';
import type { Turn } from './turn.ts';

/** What the next request of a chat takes of a model's window. */
export interface WindowUse {
  readonly used: number;
  readonly estimated: boolean;
  readonly parts: Readonly<Record<WindowPart, number>>;
}

export interface WindowQuestion {
  /** What models are sent of the chat, oldest first. */
  readonly turns: readonly Turn[];
  /** Who would be asked; undefined = nobody can be. */
  readonly model: string | undefined;
  readonly system: number;
  readonly instructions: number;
  /** Attached to the message that is being written. */
  readonly attached: number;
  /** Kept free for the answer. */
  readonly reserve: number;
  readonly tokensOf: (message: Message) => number;
}

/**
 * What a request of these turns takes, in its parts. What the provider counted for the last reply is taken at its word,
 * where the same model is to go on and what was sent then is still what is sent; the parts are then scaled to it.
 */
export function windowUse({ turns, model, tokensOf, ...fixed }: WindowQuestion): WindowUse {
  const { system, instructions, attached, reserve } = fixed;
  let history = 0;
  let attachments = attached;
  for (const turn of turns) {
    const bare = tokensOf(turn.message);
    history += bare;
    if (turn.kind === 'user' && turn.attachments !== undefined) {
      attachments += Math.max(0, tokensOf(sentMessage(turn)) - bare);
    }
  }
  const sum = system + instructions + history + attachments;
  const reported = reportedBy(turns, model);
  if (!reported)
    return { used: sum, estimated: sum > 0, parts: { system, instructions, history, attachments, reserve } };

  let since = attached;
  for (const turn of turns.slice(reported.at + 1)) since += tokensOf(sentMessage(turn));
  const used = reported.tokens + since;
  const scale = sum - attached > 0 ? (used - attached) / (sum - attached) : 1;
  const scaled = {
    system: Math.round(system * scale),
    instructions: Math.round(instructions * scale),
    attachments: Math.round((attachments - attached) * scale) + attached,
  };
  const rest = used - scaled.system - scaled.instructions - scaled.attachments;
  return { used, estimated: since > 0, parts: { ...scaled, history: Math.max(0, rest), reserve } };
}

/** Input and answer of the last reply, as its provider counted them. */
function reportedBy(turns: readonly Turn[], model: string | undefined): { at: number; tokens: number } | undefined {
  const at = turns.findLastIndex((turn) => turn.kind === 'assistant' && turn.usage !== undefined);
  const turn = turns[at];
  if (turn?.kind !== 'assistant' || turn.message.model !== model || !turn.usage || turn.usage.estimated)
    return undefined;
  if (turn.notices.some(({ kind }) => kind === 'left-out')) return undefined;
  return { at, tokens: turn.usage.input + writtenTokens(turn.usage) };
}
