import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import { ReplyBuilder } from '../llm/reply-builder.ts';
import type { Parameters, Request } from '../llm/request.ts';
import type { StreamFunction } from '../llm/stream-event.ts';
import type { InferenceSampling } from '../protocol/to-inference.ts';
import { messageOf } from '../util/message-of.ts';
import { chatMessages } from './chat-messages.ts';
import type { Compiled, InferenceClient } from './client.ts';
import type { Answer, Ask, ModelToLoad } from './model-process.ts';

/** Everything a request needs on this machine, or why it is not there. */
export type Prepared =
  | { readonly kind: 'ready'; readonly model: ModelToLoad; readonly compiled: Compiled }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'missing'; readonly error: LlmError };

export type Prepare = (model: Model, kind: Request['kind'], signal: AbortSignal) => Promise<Prepared>;

/** Livelier than the best guess, as a conversation should be; code should be the best guess. */
const usualTemperature = { chat: 0.6, completion: 0 };

/** The model inside as any other provider: nothing throws, one end event carries all, usage counted by the tokenizer. */
export function embeddedStream(prepare: Prepare, client: InferenceClient): StreamFunction {
  return async function* (model, request, signal) {
    const reply = new ReplyBuilder(model.ref, 'embedded');
    try {
      const prepared = await prepare(model, request.kind, signal);
      if (prepared.kind !== 'ready') {
        yield reply.end(prepared.kind === 'aborted' ? 'aborted' : prepared.error);
        return;
      }
      if (!client.isLoaded(prepared.model)) {
        yield { type: 'notice', notice: { kind: 'loading-model', model: model.ref } };
      }
      for await (const answer of client.ask(prepared.model, prepared.compiled, questionOf(request), signal)) {
        if (answer.type === 'done' || answer.type === 'failed') yield reply.end(outcomeOf(answer, reply));
        else reply[answer.type](answer.text);
        yield* reply.takeEvents();
      }
    } catch (error) {
      yield reply.end({ code: 'internal', message: messageOf(error), retryable: false });
    }
  };
}

function outcomeOf(answer: Extract<Answer, { type: 'done' | 'failed' }>, reply: ReplyBuilder) {
  if (answer.type === 'failed') {
    const { code, message } = answer;
    return { code, message, retryable: code === 'model-crashed' };
  }
  if (answer.finish === 'aborted') return 'aborted';
  reply.finish(answer.finish, answer.rawFinish);
  reply.usage({ input: answer.inputTokens, cached: answer.cachedTokens, output: answer.outputTokens });
  return 'complete';
}

function questionOf(request: Request): Ask {
  const sampling = samplingOf(request.parameters, usualTemperature[request.kind]);
  if (request.kind === 'chat') {
    const messages = chatMessages(request.messages);
    return { type: 'chat', messages, sampling, ...(request.system !== undefined && { system: request.system }) };
  }
  const { prompt } = request;
  switch (prompt.type) {
    case 'infill':
      return { type: 'infill', prefix: prompt.prefix, suffix: prompt.suffix, extra: prompt.extra, sampling };
    case 'raw':
      return { type: 'continue', prompt: prompt.text, sampling };
  }
}

function samplingOf({ temperature, topP, maxOutputTokens, stop }: Parameters, usual: number): InferenceSampling {
  return {
    temperature: temperature ?? usual,
    stop: stop ?? [],
    ...(topP !== undefined && { topP }),
    ...(maxOutputTokens !== undefined && { maxTokens: maxOutputTokens }),
  };
}
