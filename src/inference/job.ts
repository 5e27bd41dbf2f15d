import type { FromInference } from '../protocol/from-inference.ts';
import type { ToInference } from '../protocol/to-inference.ts';

/** What a loaded model can be asked for. */
export type Job = Extract<ToInference, { type: 'chat' | 'infill' | 'continue' }>;
export type ChatJob = Extract<Job, { type: 'chat' }>;
export type InfillJob = Extract<Job, { type: 'infill' }>;

/** How a job went, with its tokens counted. */
export type Outcome = Omit<Extract<FromInference, { type: 'done' }>, 'type' | 'id'>;

/** Takes a piece of the answer as soon as it is there. */
export type Write = (type: 'text' | 'reasoning', text: string) => void;

type FailureCode = Extract<FromInference, { type: 'failed' }>['code'];

/** A job that cannot be done, in words for the user. */
export class JobError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.code = code;
  }
}
