import type { BudgetNotice } from './budget-notice.ts';
import type { Lesson } from './lesson.ts';
import type { LlmError } from './llm-error.ts';
import type { AssistantMessage } from './message.ts';
import type { Model } from './model.ts';
import type { ModelRef } from './model-ref.ts';
import type { Request } from './request.ts';

/**
 * Asks a model. Never throws once iterated: failure and abort arrive as the one terminal `end` event.
 * Leaving the loop early or aborting the signal closes the connection at once.
 */
export type StreamFunction = (model: Model, request: Request, signal: AbortSignal) => AsyncIterable<StreamEvent>;

export type StreamEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'refusal'; readonly text: string }
  /** `index` numbers the calls of this reply from 0. `id` and `name` come whole, arguments in pieces. */
  | {
      readonly type: 'tool-call';
      readonly index: number;
      readonly id: string;
      readonly name: string;
      /** The vendor runs it itself. */
      readonly server?: true;
    }
  | { readonly type: 'tool-call-arguments'; readonly index: number; readonly text: string }
  | { readonly type: 'notice'; readonly notice: Notice }
  | EndEvent;

/** The last event of every stream, and the only one of its kind. */
export interface EndEvent {
  readonly type: 'end';
  /** All that was received, in order, also after a failure. */
  readonly message: AssistantMessage;
  readonly finish: FinishReason;
  /** The vendor's own word for it. */
  readonly rawFinish?: string;
  readonly usage?: Usage;
  /** US dollars, where the gateway knows usage and price. */
  readonly cost?: number;
  /** Present exactly when `finish` is `error`. */
  readonly error?: LlmError;
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'error' | 'aborted' | 'unknown';

/** Tokens as the provider reports them. `input` includes `cached`; `output` includes `reasoning` unless that stands apart. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly cacheWrite?: number;
  readonly reasoning?: number;
  /** The provider counts reasoning beside `output`, not in it. */
  readonly reasoningApart?: boolean;
  /** True where the numbers are Tutti's own estimate. */
  readonly estimated?: boolean;
}

/** All that the model wrote, thoughts included: what is paid for. */
export function writtenTokens({ output, reasoning = 0, reasoningApart }: Usage): number {
  return reasoningApart ? output + reasoning : output;
}

/** Something the user should see beside the reply. */
export type Notice =
  /** Told by the gateway before the first event of each model it asks. */
  | { readonly kind: 'asking'; readonly model: ModelRef }
  | { readonly kind: 'retrying'; readonly error: LlmError; readonly waitMs: number; readonly attempt: number }
  | { readonly kind: 'switched'; readonly from: ModelRef; readonly to: ModelRef; readonly error: LlmError }
  /** The reply broke off and is kept; this model could go on with it. */
  | { readonly kind: 'continue-with'; readonly model: ModelRef }
  /** Auto has chosen; `because` names the reasons in a few words. */
  | { readonly kind: 'auto'; readonly model: ModelRef; readonly because: string }
  | { readonly kind: 'loading-model'; readonly model: ModelRef }
  | BudgetNotice
  /** The vendor's cache held most of this chat and holds nothing of it now, though nothing was changed. */
  | { readonly kind: 'cache-lost'; readonly model: ModelRef }
  /** The endpoint refused the request because of this; it was or is sent the other way. */
  | { readonly kind: 'lesson'; readonly model: ModelRef; readonly lesson: Lesson }
  /** Messages that were not sent, because the model cannot read that much at once. */
  | { readonly kind: 'left-out'; readonly model: ModelRef; readonly messages: number }
  | { readonly kind: 'images-left-out'; readonly model: ModelRef; readonly images: number }
  /** Only models on this machine, or on the user's own, were asked; `reason` is a sentence, `left` who may be. */
  | { readonly kind: 'narrowed'; readonly reason: string; readonly left: readonly ModelRef[] }
  /** So many secrets, of these kinds, were taken out of what was sent. */
  | { readonly kind: 'redacted'; readonly count: number; readonly kinds: readonly string[] };
