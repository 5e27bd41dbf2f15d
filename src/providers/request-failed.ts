import type { LlmError } from '../llm/llm-error.ts';

/** Carries an `LlmError` out of nested reading; caught where the reply is ended and nowhere else. */
export class RequestFailed extends Error {
  readonly error: LlmError;

  constructor(error: LlmError) {
    super(error.message);
    this.name = 'RequestFailed';
    this.error = error;
  }
}
