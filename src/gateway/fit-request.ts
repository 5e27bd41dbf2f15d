import * as l10n from '@vscode/l10n';
import { fitHistory } from '../llm/fit-history.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ChatRequest } from '../llm/request.ts';
import type { EndEvent, Notice, StreamEvent, StreamFunction } from '../llm/stream-event.ts';
import type { TokenEstimates } from '../models/token-estimates.ts';
import { type FittedChat, fitChat, fitCompletion } from './fit-chat.ts';
import type { LessonBook } from './learn.ts';
import { toldWindow } from './told-window.ts';
import { upToEnd } from './up-to-end.ts';

/**
 * Sends a chat as its model can take it: history rewritten for the model, input and output within its window.
 * What is left out is told. When the endpoint itself says that the request is too long, before anything of a reply was
 * seen, a shorter one is sent once; where that helps, the window is kept as a lesson.
 */
export function fitting(stream: StreamFunction, estimates: TokenEstimates, book: LessonBook): StreamFunction {
  return async function* (model, request, signal) {
    if (request.kind === 'completion') {
      yield* stream(model, fitCompletion(request, model), signal);
      return;
    }
    const { chat: protocol = 'openai-chat', facts } = model;
    const { images, contextWindow = Number.POSITIVE_INFINITY } = facts;
    const target = { protocol, model: model.ref, ...(images !== undefined && { images }) };
    const { messages, imagesLeftOut } = fitHistory(request.messages, target);
    if (imagesLeftOut > 0) yield notice({ kind: 'images-left-out', model: model.ref, images: imagesLeftOut });
    const whole: ChatRequest = { ...request, messages };

    const first = fitChat(whole, model, contextWindow, estimates);
    if (!first.fits) {
      yield tooLong(model, first, contextWindow);
      return;
    }
    yield* toldLeftOut(model, first.leftOut);
    const { end, seen } = yield* upToEnd(stream(model, first.request, signal));
    if (end.usage && !end.usage.estimated) estimates.learn(model.ref, first.request, end.usage.input);
    const overflow = !seen && !signal.aborted && end.error?.code === 'context-overflow' ? end.error : undefined;
    const told = toldWindow(overflow?.message ?? '');
    const second = overflow && fitChat(whole, model, windowToTry(first.tokens, told), estimates);
    if (!second || !isShorter(second, first)) {
      yield end;
      return;
    }

    yield* toldLeftOut(model, second.leftOut);
    let isKept = false;
    for await (const event of stream(model, second.request, signal)) {
      if (!isKept && (event.type === 'end' ? event.finish === 'stop' : event.type !== 'notice')) {
        isKept = true;
        await keepWindow(model, first, told, estimates, book);
      }
      yield event;
    }
  };
}

/** What the second try has to fit into. Where the input is far from filling the window, the output limit was too high. */
function windowToTry(tokens: number, told = tokens): number {
  return tokens < told * 0.7 ? told : Math.floor(Math.min(told, tokens) * 0.8);
}

/** The window that was learned; where it was known already, that the estimate of what fits into it was too low. */
async function keepWindow(
  model: Model,
  refused: FittedChat,
  told: number | undefined,
  estimates: TokenEstimates,
  book: LessonBook,
): Promise<void> {
  const { contextWindow = Number.POSITIVE_INFINITY } = model.facts;
  const tokens = told ?? (contextWindow === Number.POSITIVE_INFINITY ? refused.tokens : contextWindow);
  if (tokens < contextWindow) await book.keep(model.ref, { kind: 'window', tokens });
  if (refused.tokens < tokens) estimates.estimatedTooLow(model.ref);
}

function isShorter(second: FittedChat, first: FittedChat): boolean {
  const output = ({ request }: FittedChat): number => request.parameters.maxOutputTokens ?? 0;
  return second.leftOut > first.leftOut || output(second) < output(first);
}

function* toldLeftOut(model: Model, messages: number): Iterable<StreamEvent> {
  if (messages > 0) yield notice({ kind: 'left-out', model: model.ref, messages });
}

function tooLong(model: Model, { tokens }: FittedChat, window: number): EndEvent {
  const message = l10n.t(
    'The last message alone takes about {0} tokens; the model can see {1} at once. Nothing was sent.',
    tokens,
    window,
  );
  const error: LlmError = { code: 'context-overflow', message, retryable: false };
  return {
    type: 'end',
    message: { role: 'assistant', content: [], model: model.ref, protocol: model.chat ?? 'openai-chat' },
    finish: 'error',
    error,
  };
}

function notice(told: Notice): StreamEvent {
  return { type: 'notice', notice: told };
}
