import type { LlmError } from '../llm/llm-error.ts';
import { type ModelRef, noModelRef } from '../llm/model-ref.ts';
import type { EndEvent } from '../llm/stream-event.ts';

/** The end of what never began. */
export function failedEnd(ref: ModelRef | undefined, error: LlmError): EndEvent {
  return { ...emptyEnd(ref), finish: 'error', error };
}

/** The end of what was stopped before it began. */
export function abortedEnd(ref: ModelRef | undefined): EndEvent {
  return { ...emptyEnd(ref), finish: 'aborted' };
}

function emptyEnd(ref: ModelRef | undefined): Omit<EndEvent, 'finish'> {
  return {
    type: 'end',
    message: { role: 'assistant', content: [], model: ref ?? noModelRef, protocol: 'openai-chat' },
  };
}
