import * as l10n from '@vscode/l10n';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import type { EndEvent } from '../llm/stream-event.ts';
import { messageOf } from '../util/message-of.ts';
import type { Asked, Put } from './asked.ts';
import type { DocumentChange } from './document.ts';
import { type Finished, finish } from './finish.ts';
import { Growing, type Part } from './growing.ts';
import { Interest } from './interest.ts';
import { OutputReader } from './output-reader.ts';
import type { Clock, CompletionModels } from './ports.ts';
import type { RequestRecord } from './record.ts';
import type { Situation } from './situation.ts';
import { TypedSince } from './typed-since.ts';
import type { View } from './view.ts';

/** How a request ended. */
export type Landing =
  | { readonly kind: 'finished'; readonly finished: Finished }
  | { readonly kind: 'failed'; readonly error: LlmError }
  /** `again`: the place may still be worth asking for. */
  | { readonly kind: 'aborted'; readonly reason: string; readonly again: boolean };

export interface FlightPlan {
  /** Of the suggestion it brings. */
  readonly id: number;
  readonly models: CompletionModels;
  readonly clock: Clock;
  readonly model: Model;
  readonly asked: Asked;
  readonly situation: Situation;
  /** The same put to another model, which may answer instead. */
  readonly putTo: (model: Model) => Put | undefined;
  readonly view: View;
  /** Of the related code it was asked with. */
  readonly contextVersion: number;
  /** Addresses of the files whose text is in it. */
  readonly files: readonly string[];
  /** The text so far is fit to be shown. Absent = nobody wants to see it before it is whole. */
  readonly onPart?: (part: Part) => void;
}

/** Longer in one go, reading would be felt. */
const turnMs = 4;

/**
 * One request on its way. Calls come and go with every key; the request goes on as long as what is typed agrees
 * with what it has brought, and closes its connection when it does not, or when nobody wants it any more.
 */
export class Flight {
  readonly plan: FlightPlan;
  readonly landing: Promise<Landing>;
  #reader: OutputReader;
  /** What the answer is read by; another model's may be read differently. */
  #situation: Situation;
  readonly #controller = new AbortController();
  readonly #startedAt: number;
  #record: RequestRecord;
  readonly #interest: Interest;
  #part = Promise.withResolvers<'part'>();
  #parts = 0;
  #shown = '';
  readonly #typed: TypedSince;
  /** Since the last turn that was left to others. */
  #readForMs = 0;
  #abortReason: string | undefined;
  #again = true;
  #truncated = false;

  constructor(plan: FlightPlan) {
    this.plan = plan;
    this.#situation = plan.situation;
    this.#reader = new OutputReader(plan.situation);
    this.#startedAt = plan.clock.now();
    this.#typed = new TypedSince(plan.view, (typed) => this.#agreesWithText(typed));
    this.#interest = new Interest(plan.clock, () => {
      if (!this.#reader.done) this.abort(l10n.t('Nobody waited for it any more.'));
    });
    const { prompt, form } = plan.asked;
    this.#record = { model: plan.model.ref, prompt, form, received: '', cutBy: [] };
    // Streams do not throw; should one yet, it has failed like any other.
    this.landing = this.#fly().catch((error: unknown) =>
      this.#failed({ code: 'internal', message: messageOf(error), retryable: false }),
    );
  }

  get record(): RequestRecord {
    return this.#record;
  }

  get isAborted(): boolean {
    return this.#controller.signal.aborted;
  }

  /** How many pieces of its text were offered so far. */
  get parts(): number {
    return this.#parts;
  }

  /** Is the cursor where the request was made, but for typed text that agrees with it? */
  agreesWith(view: View): boolean {
    return this.#typed.isAt(view);
  }

  /** The document changed. True = it is typing that agrees; the editor will ask again soon. */
  changed(changes: readonly DocumentChange[]): boolean {
    if (!this.#typed.changed(changes)) return false;
    this.#interest.key();
    return true;
  }

  /** How it ended, or `part` when it has offered more than `seen` pieces; undefined when the signal is aborted first. */
  async next(seen: number, signal: AbortSignal): Promise<Landing | 'part' | undefined> {
    this.#interest.comes();
    const left = Promise.withResolvers<undefined>();
    const leave = (): void => left.resolve(undefined);
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    try {
      const part = this.#parts > seen ? ('part' as const) : this.#part.promise;
      return await Promise.race([this.landing, part, left.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      this.#interest.goes();
    }
  }

  /** The editor has not asked for it yet, but is about to. */
  expectCall(): void {
    this.#interest.key();
  }

  /** Somebody wants it although nobody waits: its text is on the screen, or is wanted for later. */
  hold(): void {
    this.#interest.hold();
  }

  /** It is asked for now: who waits for it decides. */
  release(): void {
    this.#interest.release();
  }

  /** Does it go on only because somebody wanted its text at a place where the cursor is not any more? */
  isLeftAt(offset: number): boolean {
    return this.#interest.isHeld && !this.#typed.endsAt(offset);
  }

  /** `again`: whoever waits for it may ask anew. The first to abort it decides. */
  abort(reason: string, again = true): void {
    if (this.#abortReason === undefined) this.#again = again;
    this.#abortReason ??= reason;
    this.#controller.abort();
  }

  #agreesWithText(typed: string): boolean {
    const { text } = this.#reader;
    // What was shown was mended, e.g. its indentation.
    return agree(text, typed) || agree(text.trimStart(), typed) || (this.#shown !== '' && agree(this.#shown, typed));
  }

  async #fly(): Promise<Landing> {
    const { models, model, asked, files, putTo } = this.plan;
    const growth = new AbortController();
    let growing = this.#growing(growth.signal);
    const others = new Map<string, Put>();
    const requestFor = (other: Model): Request | undefined => {
      const put = putTo(other);
      if (put) others.set(other.ref, put);
      return put?.asked.request;
    };
    try {
      for await (const event of models.stream(model, asked.request, this.#controller.signal, files, requestFor)) {
        if (event.type === 'end') this.#end(event);
        if (event.type === 'end' && event.error) return this.#failed(event.error);
        const other = event.type === 'notice' && event.notice.kind === 'asking' ? event.notice.model : undefined;
        const put = other === undefined ? undefined : others.get(other);
        if (other !== undefined && put) {
          this.#answeredBy(other, put);
          growing = this.#growing(growth.signal);
        }
        if (event.type === 'notice' && event.notice.kind === 'redacted') this.#note({ redacted: event.notice.kinds });
        if (event.type !== 'text') continue;
        if (this.#record.firstTextMs === undefined) this.#note({ firstTextMs: this.#elapsed() });
        await this.#read(event.text);
        if (!this.#typed.stillAgrees) this.abort(l10n.t('What came did not agree with what was typed.'));
        // Leaving the loop closes the connection.
        if (this.#reader.done || this.#controller.signal.aborted) break;
        growing?.pushed();
      }
    } finally {
      growth.abort();
    }
    if (this.#controller.signal.aborted) return this.#aborted();
    const early = this.#reader.done && this.#record.ended === undefined;
    this.#reader.end();
    const finished = finish(this.#reader, this.#situation, this.#truncated);
    this.#note({ ended: early ? 'stopped-early' : 'complete', cutBy: finished.cutBy });
    return { kind: 'finished', finished };
  }

  /** Pieces that come in one go are read in several turns, so that keys come in between. */
  async #read(text: string): Promise<void> {
    const { clock } = this.plan;
    const begun = clock.now();
    this.#reader.push(text);
    this.#readForMs += clock.now() - begun;
    if (this.#readForMs < turnMs || this.#reader.done) return;
    this.#readForMs = 0;
    await clock.sleep(0, this.#controller.signal);
  }

  /** Another model of the chain answers: its own form of the request, read in its own way. */
  #answeredBy(model: ModelRef, { asked, situation }: Put): void {
    this.#situation = situation;
    this.#reader = new OutputReader(situation);
    this.#record = { ...this.#record, model, prompt: asked.prompt, form: asked.form };
  }

  #growing(signal: AbortSignal): Growing | undefined {
    const { onPart, clock } = this.plan;
    if (!onPart) return undefined;
    const offer = (part: Part): void => {
      if (this.#controller.signal.aborted) return;
      this.#parts += 1;
      this.#shown = part.text;
      onPart(part);
      this.#part.resolve('part');
      this.#part = Promise.withResolvers();
    };
    return new Growing({ reader: this.#reader, situation: this.#situation, clock, signal, onPart: offer });
  }

  #end({ usage, cost, finish: how }: EndEvent): void {
    this.#truncated = how === 'length';
    this.#note({
      ...(usage && { usage }),
      ...(cost !== undefined && { cost }),
      ...(how !== 'aborted' && { ended: 'complete' }),
    });
  }

  #failed(error: LlmError): Landing {
    this.#note({ ended: 'failed', error: error.message });
    return { kind: 'failed', error };
  }

  #aborted(): Landing {
    this.#note({ ended: 'aborted' });
    return { kind: 'aborted', reason: this.#abortReason ?? l10n.t('The request was aborted.'), again: this.#again };
  }

  #note(changed: Partial<RequestRecord>): void {
    this.#record = { ...this.#record, ...changed, received: this.#reader.received, totalMs: this.#elapsed() };
  }

  #elapsed(): number {
    return this.plan.clock.now() - this.#startedAt;
  }
}

const agree = (text: string, typed: string): boolean => text.startsWith(typed) || typed.startsWith(text);
