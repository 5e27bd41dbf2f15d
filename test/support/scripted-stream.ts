import type { LlmError } from '../../src/llm/llm-error.ts';
import type { AssistantPart } from '../../src/llm/message.ts';
import type { EndEvent, StreamEvent, StreamFunction } from '../../src/llm/stream-event.ts';

/** What a scripted model does next: says something, fails, or waits until it is let go or aborted. */
export type Step = StreamEvent | { readonly type: 'wait'; readonly until: Promise<unknown> };

/** A stream function that plays one script a call (the last one again and again) and obeys the signal. */
export function scriptedStream(
  ...scripts: readonly (readonly Step[])[]
): StreamFunction & { readonly calls: Parameters<StreamFunction>[] } {
  const calls: Parameters<StreamFunction>[] = [];
  async function* stream(...call: Parameters<StreamFunction>): AsyncIterable<StreamEvent> {
    const [, , signal] = call;
    calls.push(call);
    const content: AssistantPart[] = [];
    for (const step of scripts[Math.min(calls.length, scripts.length) - 1] ?? []) {
      if (signal.aborted) break;
      if (step.type === 'wait') {
        await Promise.race([step.until, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
        continue;
      }
      if (step.type === 'text') content.push({ type: 'text', text: step.text });
      yield step;
      if (step.type === 'end') return;
    }
    yield end({ message: { ...end().message, content }, finish: signal.aborted ? 'aborted' : 'stop' });
  }
  return Object.assign(stream, { calls });
}

export function end(over: Partial<EndEvent> = {}): EndEvent {
  return {
    type: 'end',
    message: { role: 'assistant', content: [], model: 'p/m', protocol: 'openai-chat' },
    finish: 'stop',
    ...over,
  };
}

export function says(text: string): EndEvent {
  return end({ message: { ...end().message, content: [{ type: 'text', text }] } });
}

export function fails(error: Partial<LlmError>): EndEvent {
  return end({ finish: 'error', error: { code: 'server', message: 'it broke', retryable: false, ...error } });
}
