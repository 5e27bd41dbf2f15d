import type { RelatedContext } from '../context/related-context.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import type { CompletionDocument } from './document.ts';
import type { Observation } from './observation.ts';
import type { SyntaxReaders } from './syntax/grammar.ts';

/** The model behind completions; the gateway's role `completion` stands behind this. */
export interface CompletionModels {
  resolve(languageId: string): Promise<{ readonly model: Model } | { readonly unavailable: string }>;
  /**
   * `files`: addresses of those whose text is in the request. `requestFor`: the request as another model takes it that
   * may answer in the place of `model`; who answers is told by the notice `asking`.
   * Never throws once iterated; leaving the loop or aborting closes the connection.
   */
  stream(
    model: Model,
    request: Request,
    signal: AbortSignal,
    files: readonly string[],
    requestFor: (model: Model) => Request | undefined,
  ): AsyncIterable<StreamEvent>;
}

/** What the user wants for one document. Read at every key, so it has to be cheap. */
export interface CompletionPreferences {
  readonly enabled: boolean;
  readonly trigger: 'automatic' | 'manual';
  readonly delayMs: 'auto' | number;
  readonly maxLines: number;
  /** Prepare the completion that follows the shown one; `auto`: where that costs nothing. */
  readonly ahead: 'auto' | 'always' | 'never';
  /** Show text while it is still coming. */
  readonly streaming: boolean;
}

export interface CompletionPorts {
  readonly models: CompletionModels;
  readonly preferences: (document: CompletionDocument) => CompletionPreferences;
  /** Why no model may see this file; undefined = it may. */
  readonly hiddenBecause: (document: CompletionDocument) => Promise<string | undefined>;
  /** Why only local models may see a file; undefined = all may. Absent = none is so. */
  readonly localOnlyBecause?: (uri: string) => Promise<string | undefined>;
  /** What a user reads when a request has failed: cause and next step. */
  readonly wordError: (error: LlmError, model: Model) => string;
  readonly clock: Clock;
  /** What else a model may be shown; absent = the file alone. */
  readonly related?: RelatedContext;
  /** Grammars by language; absent = texts end by simpler rules. */
  readonly syntax?: SyntaxReaders;
  /** Who learns from what happens. Must not throw. */
  readonly observe?: (observation: Observation) => void;
}

export interface Clock {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal is or gets aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
}
