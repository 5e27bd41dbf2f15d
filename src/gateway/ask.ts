import type { LlmErrorCode } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ModelChoice } from '../llm/model-choice.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import type { Role } from './roles.ts';

/** What somebody wants of a model. */
export interface Ask {
  readonly role: Role;
  readonly request: Request;
  /** Exactly this model is wanted: no other answers in its place. */
  readonly model?: ModelRef;
  /** The chat's own choice; absent = the role's. */
  readonly choice?: ModelChoice;
  /** The member of the role's chain that the request was built for: it is asked first. */
  readonly head?: ModelRef;
  /** The request as another model of the chain takes it; undefined = it cannot. Absent = all take the same. */
  readonly requestFor?: (model: Model) => Request | undefined;
  /**
   * The system prompt for the model that is asked; `own` is the one the user's settings give it. Absent: the request's, with
   * the user's own before it.
   */
  readonly systemFor?: (model: Model, own: string | undefined) => string;
  readonly chatId?: string;
  /** VS Code's id of the language it is about, where it is about one. */
  readonly language?: string;
  /** Addresses of the files whose text the request holds. */
  readonly files?: readonly string[];
  /** Written by the gateway: who was asked before, or beside, and what became of it. */
  readonly tried?: readonly Tried[];
}

export interface Tried {
  readonly model: ModelRef;
  /** Why it did not answer; `slow` = it had said nothing when another was asked beside it. */
  readonly why: LlmErrorCode | 'slow';
}
