import * as l10n from '@vscode/l10n';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Protocol } from '../llm/model-facts.ts';
import type { Request } from '../llm/request.ts';
import type { StreamFunction } from '../llm/stream-event.ts';
import type { SentRequest } from '../llm/wire-observer.ts';
import { readModelSettings } from '../models/model-settings.ts';
import type { TokenEstimates } from '../models/token-estimates.ts';
import { applySettings } from './apply-settings.ts';
import type { Ask } from './ask.ts';
import { blotted, blottedHeaders, blottedUrl, secretsOf } from './blot-secrets.ts';
import { withCacheKey } from './cache-key.ts';
import { fitting } from './fit-request.ts';
import { type LessonBook, learning } from './learn.ts';
import { withoutWindows } from './lesson-book.ts';
import type { GatewayPorts } from './ports.ts';

/** What would leave, with keys blotted out; where no network is needed, what would be handed over. */
export type Preview =
  | { readonly kind: 'http'; readonly sent: SentRequest }
  | { readonly kind: 'inside'; readonly protocol: Protocol; readonly request: Request }
  | { readonly kind: 'none'; readonly error: LlmError };

export interface PreviewPorts {
  readonly ports: Pick<GatewayPorts, 'settings' | 'written'>;
  readonly book: LessonBook;
  readonly estimates: TokenEstimates;
}

/**
 * The request as `attempt` would send it: settings, lessons, limits and history by the same functions, and the same
 * writer of the wire. Gates are not asked, since they set money aside and may ask the user.
 */
export async function previewRequest(
  { ports, book, estimates }: PreviewPorts,
  ask: Ask,
  model: Model,
): Promise<Preview> {
  const name = ask.request.kind === 'chat' ? model.chat : model.completion;
  if (name === undefined) return none(l10n.t('{0} does not take such a request.', model.ref));
  const settings = readModelSettings(ports.settings.models(), model.ref);
  const request = withCacheKey(applySettings(ask, model, settings), ask.chatId);
  let taken: { readonly model: Model; readonly request: Request } | undefined;
  const take: StreamFunction = async function* (...[taught, fitted]) {
    taken = { model: taught, request: fitted };
    const message = { role: 'assistant', content: [], model: model.ref, protocol: 'openai-chat' } as const;
    yield { type: 'end', message, finish: 'stop' };
  };
  const lessons = settings.contextWindow === undefined ? book : withoutWindows(book);
  const signal = new AbortController().signal;
  let failure: LlmError | undefined;
  for await (const event of learning(fitting(take, estimates, lessons), lessons)(model, request, signal)) {
    if (event.type === 'end') failure = event.error;
  }
  if (!taken) return failure ? { kind: 'none', error: failure } : none(l10n.t('Nothing would be sent.'));
  const sent = await ports.written?.(name, taken.model, taken.request);
  if (!sent) return { kind: 'inside', protocol: name, request: taken.request };
  return { kind: 'http', sent: blottedRequest(sent, secretsOf(model.endpoint)) };
}

function blottedRequest({ method, url, headers, body }: SentRequest, secrets: readonly string[]): SentRequest {
  return {
    method,
    url: blottedUrl(url, secrets),
    headers: blottedHeaders(headers, secrets),
    ...(body !== undefined && { body: blotted(body, secrets) }),
  };
}

function none(message: string): Preview {
  return { kind: 'none', error: { code: 'unsupported', message, retryable: false } };
}
