import type { LlmError } from './llm-error.ts';
import type { AssistantMessage, AssistantPart, Citation, Opaque } from './message.ts';
import type { Protocol } from './model-facts.ts';
import type { ModelRef } from './model-ref.ts';
import type { EndEvent, FinishReason, StreamEvent, Usage } from './stream-event.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
/** The members of a union, each writable. */
type Draft<T> = T extends unknown ? Writable<T> : never;
type DraftPart = Draft<AssistantPart>;
type TextType = 'text' | 'reasoning' | 'refusal';
type ToolCallDraft = Extract<DraftPart, { type: 'tool-call' }>;

/** Gathers a reply piece by piece: the events of each piece, and at the end the one event that carries it all. */
export class ReplyBuilder {
  readonly #model: ModelRef;
  readonly #protocol: Protocol;
  readonly #parts: DraftPart[] = [];
  readonly #toolCalls: ToolCallDraft[] = [];
  /** The part that further text of its type belongs to. */
  #open: DraftPart | undefined;
  #events: Draft<StreamEvent>[] = [];
  #finish: FinishReason | undefined;
  #rawFinish: string | undefined;
  #usage: Usage | undefined;
  /** By address. */
  readonly #citations = new Map<string, Citation>();

  constructor(model: ModelRef, protocol: Protocol) {
    this.#model = model;
    this.#protocol = protocol;
  }

  text(text: string): void {
    this.#append('text', text);
  }

  reasoning(text: string): void {
    this.#append('reasoning', text);
  }

  refusal(text: string): void {
    this.#append('refusal', text);
  }

  /** What follows belongs to a part of its own, even if it is of the same type. */
  closePart(): void {
    this.#open = undefined;
  }

  signature(signature: string): void {
    const part = this.#openReasoning();
    part.signature = (part.signature ?? '') + signature;
  }

  redactedReasoning(data: string): void {
    this.#parts.push({ type: 'reasoning', text: '', redacted: data });
    this.#open = undefined;
  }

  /** What the part that was begun last has to be sent back with; makes a part of its own where none was begun. */
  opaque(opaque: Opaque): void {
    const last = this.#parts.at(-1);
    if (last === undefined || last.type === 'refusal' || last.opaque !== undefined) this.opaquePart(opaque);
    else last.opaque = opaque;
  }

  /** What a tool call has to be sent back with, whatever was begun after it. */
  toolCallOpaque(index: number, opaque: Opaque): void {
    const call = this.#toolCalls[index];
    if (call !== undefined) call.opaque = opaque;
  }

  /** Something without words that has to be sent back at this place. */
  opaquePart(opaque: Opaque): void {
    this.#parts.push({ type: 'opaque', opaque });
    this.#open = undefined;
  }

  /** Begins a tool call; the answer numbers it. */
  toolCall(id: string, name: string, server?: true): number {
    const call: ToolCallDraft = { type: 'tool-call', id, name, arguments: '', ...(server && { server }) };
    const index = this.#toolCalls.push(call) - 1;
    this.#parts.push(call);
    this.#open = undefined;
    this.#events.push({ type: 'tool-call', index, id, name, ...(server && { server }) });
    return index;
  }

  toolCallArguments(index: number, text: string): void {
    const call = this.#toolCalls[index];
    if (call === undefined || text === '') return;
    call.arguments += text;
    const last = this.#events.at(-1);
    if (last?.type === 'tool-call-arguments' && last.index === index) last.text += text;
    else this.#events.push({ type: 'tool-call-arguments', index, text });
  }

  /** Something the reply refers to; named once, whatever number of times it is. */
  citation(url: string | undefined, title: string | undefined): void {
    if (url === undefined || url === '' || this.#citations.has(url)) return;
    this.#citations.set(url, { url, title: title === undefined || title === '' ? url : title });
  }

  /** May be told several times; the last word counts. */
  finish(finish: FinishReason, rawFinish?: string): void {
    this.#finish = finish;
    if (rawFinish !== undefined) this.#rawFinish = rawFinish;
  }

  usage(usage: Usage): void {
    this.#usage = usage;
  }

  /** Whether a finish reason has been given: what comes after it can be missed. */
  get isFinished(): boolean {
    return this.#finish !== undefined;
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  /** A reply may be empty when there was no room for one, or when it was held back. */
  get mayBeEmpty(): boolean {
    return this.#finish === 'length' || this.#finish === 'content-filter';
  }

  get rawFinish(): string | undefined {
    return this.#rawFinish;
  }

  get finishReason(): FinishReason {
    const isPlainStop = this.#finish === 'stop' || this.#finish === undefined;
    // Several vendors say "stop" also when the reply is a tool call that waits for its result.
    if (isPlainStop && this.#toolCalls.some((call) => !call.server)) return 'tool-calls';
    return this.#finish ?? 'unknown';
  }

  /** The events since the last call, oldest first. Pieces of the same text that came together are one event. */
  takeEvents(): readonly StreamEvent[] {
    if (this.#events.length === 0) return noEvents;
    const events = this.#events;
    this.#events = [];
    return events;
  }

  end(outcome: 'complete' | 'aborted' | LlmError): EndEvent {
    const message: AssistantMessage = {
      role: 'assistant',
      content: this.#parts.map((part) => ({ ...part })),
      model: this.#model,
      protocol: this.#protocol,
      ...(this.#citations.size > 0 && { citations: [...this.#citations.values()] }),
    };
    return {
      type: 'end',
      message,
      finish: outcome === 'complete' ? this.finishReason : outcome === 'aborted' ? 'aborted' : 'error',
      ...(this.#rawFinish !== undefined && { rawFinish: this.#rawFinish }),
      ...(this.#usage !== undefined && { usage: this.#usage }),
      ...(typeof outcome === 'object' && { error: outcome }),
    };
  }

  #append(type: TextType, text: string): void {
    if (text === '') return;
    if (this.#open?.type === type) {
      this.#open.text += text;
    } else {
      const part: DraftPart = { type, text };
      this.#parts.push(part);
      this.#open = part;
    }
    const last = this.#events.at(-1);
    if (last?.type === type) last.text += text;
    else this.#events.push({ type, text });
  }

  #openReasoning(): Extract<DraftPart, { type: 'reasoning' }> {
    if (this.#open?.type === 'reasoning') return this.#open;
    const part: Extract<DraftPart, { type: 'reasoning' }> = { type: 'reasoning', text: '' };
    this.#parts.push(part);
    this.#open = part;
    return part;
  }
}

const noEvents: readonly StreamEvent[] = [];
