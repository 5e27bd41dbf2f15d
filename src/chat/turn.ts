import type { Attachment } from '../context/attachment.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { AssistantMessage, UserMessage } from '../llm/message.ts';
import type { ModelChoice } from '../llm/model-choice.ts';
import { isModelRef, type ModelRef, noModelRef } from '../llm/model-ref.ts';
import type { Notice, Usage } from '../llm/stream-event.ts';
import { isObject, parseJson } from '../util/json.ts';

/** One message of a chat and what is told about it. A chat is a tree of turns: each knows the one before it. */
export type Turn = UserTurn | AssistantTurn;

export interface TurnPlace {
  readonly id: string;
  readonly parentId?: string;
  readonly createdAt: number;
}

export interface UserTurn extends TurnPlace {
  readonly kind: 'user';
  /** What was written, or what a command made of it; what models read of it together with the attachments is for `historyOf`. */
  readonly message: UserMessage;
  readonly attachments?: readonly Attachment[];
  /** What the user typed, where a command made something else of it. */
  readonly typed?: string;
  /** Addresses of the files whose text is in `message`. */
  readonly files?: readonly string[];
  /** A line each, told with it: what was cut or could not be used. */
  readonly notes?: readonly string[];
  /** It stands for all turns before it: models are sent it in their place. */
  readonly summary?: SummaryMark;
}

export interface SummaryMark {
  /** How many messages it stands for. */
  readonly messages: number;
  /** Who wrote it. */
  readonly model: ModelRef;
}

export interface AssistantTurn extends TurnPlace {
  readonly kind: 'assistant';
  readonly message: AssistantMessage;
  readonly state: 'streaming' | 'done' | 'stopped' | 'failed';
  /** Stopped by no one: its window went, or died over it, or still writes it. */
  readonly unfinished?: true;
  readonly notices: readonly Notice[];
  readonly error?: LlmError;
  readonly usage?: Usage;
  readonly cost?: number;
  readonly firstTokenMs?: number;
  readonly totalMs?: number;
  /** How long each stretch of thinking took that is over. */
  readonly thoughtMs?: readonly number[];
  /** When the stretch began that is not. */
  readonly thinkingSinceMs?: number;
}

/** The reply that is being asked for, before anything of it has come. */
export function newReply(place: TurnPlace, model: ModelChoice | undefined): AssistantTurn {
  return {
    kind: 'assistant',
    ...place,
    message: { role: 'assistant', content: [], model: isModelRef(model) ? model : noModelRef, protocol: 'openai-chat' },
    state: 'streaming',
    notices: [],
  };
}

/** The turn as JSON for the store; its place in the tree is kept beside it. */
export function turnBody(turn: Turn): string {
  const { id: _id, parentId: _parentId, createdAt: _createdAt, ...body } = turn;
  return JSON.stringify(body);
}

/** The stored turn; undefined where the text is not one. A reply that was cut off by a dying editor counts as stopped. */
export function readTurn(place: TurnPlace, body: string): Turn | undefined {
  const value = parseJson(body);
  if (!isObject(value) || !isObject(value['message']) || !Array.isArray(value['message']['content'])) return undefined;
  const where: TurnPlace = {
    id: place.id,
    createdAt: place.createdAt,
    ...(place.parentId !== undefined && { parentId: place.parentId }),
  };
  // What the store holds, this file wrote: the shape below the two fields checked above is its own.
  if (value['kind'] === 'user') return { ...(value as unknown as UserTurn), ...where };
  if (value['kind'] !== 'assistant') return undefined;
  const turn = { ...(value as unknown as AssistantTurn), ...where };
  return turn.state === 'streaming' ? { ...turn, state: 'stopped', unfinished: true } : turn;
}

/** Whether the stored turn is a reply without an end: its window is still writing it, or died over it. */
export function isUnfinished(body: string): boolean {
  // Read for every turn of a chat: only what may be one is parsed.
  if (!body.includes('"state":"streaming"')) return false;
  const value = parseJson(body);
  return isObject(value) && value['state'] === 'streaming';
}

/** The conversation that ends in `head`, oldest first. */
export function pathTo(turns: ReadonlyMap<string, Turn>, head: string | undefined): readonly Turn[] {
  const path: Turn[] = [];
  const visited = new Set<string>();
  for (let id = head; id !== undefined && !visited.has(id); ) {
    visited.add(id);
    const turn = turns.get(id);
    if (!turn) break;
    path.push(turn);
    id = turn.parentId;
  }
  return path.reverse();
}
