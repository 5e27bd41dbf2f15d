import * as l10n from '@vscode/l10n';
import { wordError, wordSeconds } from '../chat/wording.ts';
import type { Asked, Hole } from '../completion/asked.ts';
import { askFor } from '../completion/template.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Role } from '../gateway/roles.ts';
import type { LlmError } from '../llm/llm-error.ts';
import { textOf } from '../llm/message.ts';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { ChatRequest, Request } from '../llm/request.ts';

/** What came of one real request. */
export interface Tried {
  readonly asked: 'chat' | 'completion';
  readonly ok: boolean;
  /** What the model said, or cause and next step. */
  readonly message: string;
  readonly error?: LlmError;
}

const chatRequest: ChatRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Answer with the word: ready' }] }],
  parameters: {},
};

const hole: Hole = {
  path: 'add.js',
  languageId: 'javascript',
  prefix: 'function add(a, b) {\n  return ',
  suffix: ';\n}\n',
  maxLines: 1,
  extra: [],
};

/**
 * Holds a real, tiny chat with the settings in force, and where the model is there for completions, or known to fill
 * holes, asks it to fill one. Without a model to ask the only answer is why.
 */
export async function tryModel(
  gateway: Gateway,
  ref: ModelRef,
  role: Role,
  signal: AbortSignal,
): Promise<readonly Tried[]> {
  const resolution = await gateway.resolve(role, ref);
  if (resolution.kind === 'unavailable') return [failed('chat', resolution.error, ref)];
  const { model } = resolution;
  const completes = role === 'completion' || (await gateway.resolve('completion')).ref === ref;
  const tried: Tried[] = [];
  if (model.chat !== undefined) tried.push(await ask(gateway, 'chat', model, chatRequest, signal));
  if (completes || fills(model)) {
    const filled = await fillHole(gateway, model, signal);
    // Nobody has chosen it for completions: that it makes none is no news.
    if (completes || filled.ok) tried.push(filled);
  }
  return tried.length > 0 ? tried : [await ask(gateway, 'chat', model, chatRequest, signal)];
}

function fills({ completion, facts }: Model): boolean {
  return completion !== undefined && facts.fim !== undefined && facts.fim !== 'chat';
}

async function fillHole(gateway: Gateway, model: Model, signal: AbortSignal): Promise<Tried> {
  const asked: Asked | { readonly unsupported: string } = askFor(model, hole);
  if ('request' in asked) return ask(gateway, 'completion', model, asked.request, signal);
  return failed('completion', { code: 'unsupported', message: asked.unsupported, retryable: false }, model.ref);
}

async function ask(
  gateway: Gateway,
  asked: Tried['asked'],
  { ref }: Model,
  request: Request,
  signal: AbortSignal,
): Promise<Tried> {
  const startedAt = performance.now();
  // A chat is tried as the jobs in the background are: it is no turn of a conversation.
  const role = asked === 'chat' ? 'utility' : 'completion';
  for await (const event of gateway.stream({ role, model: ref, request }, signal)) {
    if (event.type !== 'end') continue;
    if (event.error) return failed(asked, event.error, ref);
    const took = wordSeconds(performance.now() - startedAt);
    if (event.finish === 'aborted') return { asked, ok: false, message: l10n.t('Stopped after {0}.', took) };
    const said = textOf(event.message).trim().slice(0, 100);
    return {
      asked,
      ok: true,
      message: l10n.t('{0} answered in {1}: {2}', ref, took, said === '' ? l10n.t('(an empty text)') : said),
    };
  }
  return { asked, ok: false, message: l10n.t('{0} gave no answer.', ref) };
}

function failed(asked: Tried['asked'], error: LlmError, ref: ModelRef): Tried {
  const { cause, nextStep } = wordError(error, ref);
  return { asked, ok: false, message: `${cause} ${nextStep}`, error };
}
