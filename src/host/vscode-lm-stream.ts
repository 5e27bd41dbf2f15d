import * as l10n from '@vscode/l10n';
import {
  CancellationTokenSource,
  type LanguageModelChat,
  LanguageModelChatMessage,
  LanguageModelDataPart,
  LanguageModelError,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  LanguageModelToolResultPart,
  lm,
} from 'vscode';
import type { LlmError } from '../llm/llm-error.ts';
import type { ImagePart, Message, TextPart } from '../llm/message.ts';
import type { Model } from '../llm/model.ts';
import { ReplyBuilder } from '../llm/reply-builder.ts';
import type { ChatRequest, Request } from '../llm/request.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import type { ListedModel } from '../llm/vendor.ts';
import { isObject, parseJson } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';

/** Models that other extensions bring to VS Code, e.g. by a subscription, as a protocol of ours. */
export async function* vscodeLmStream(model: Model, request: Request, signal: AbortSignal): AsyncIterable<StreamEvent> {
  const reply = new ReplyBuilder(model.ref, 'vscode-lm');
  const cancel = new CancellationTokenSource();
  const abort = (): void => cancel.cancel();
  signal.addEventListener('abort', abort, { once: true });
  let failure: LlmError | undefined;
  try {
    if (request.kind !== 'chat') throw new Error(l10n.t('Models of VS Code complete only by chat.'));
    const found = await findModel(model.id);
    if (!found)
      failure = { code: 'no-model', message: l10n.t('VS Code has no model {0} just now.', model.id), retryable: false };
    else if (!signal.aborted) {
      const response = await found.sendRequest(toVscodeMessages(request), optionsOf(request), cancel.token);
      for await (const part of response.stream) {
        take(reply, part);
        yield* reply.takeEvents();
      }
      reply.finish('stop');
    }
  } catch (error) {
    failure = errorOf(error);
  } finally {
    signal.removeEventListener('abort', abort);
    // Also when nobody listens any more: the other extension stops asking its vendor.
    cancel.cancel();
    cancel.dispose();
  }
  yield* reply.takeEvents();
  const empty: LlmError = { code: 'empty-response', message: l10n.t('The reply is empty.'), retryable: true };
  yield reply.end(signal.aborted ? 'aborted' : (failure ?? (reply.isEmpty ? empty : 'complete')));
}

/** Those of Tutti itself are left out: they would be asked in a circle. */
export async function vscodeLmModels(): Promise<readonly ListedModel[]> {
  const models = await lm.selectChatModels();
  return models
    .filter(({ vendor }) => vendor !== 'tutti')
    .map(({ vendor, id, name, maxInputTokens }) => ({
      id: `${vendor}/${id}`,
      facts: { name, contextWindow: maxInputTokens, fim: 'chat', note: l10n.t('through {0}', vendor) },
    }));
}

async function findModel(id: string): Promise<LanguageModelChat | undefined> {
  const slash = id.indexOf('/');
  const [model] = await lm.selectChatModels({ vendor: id.slice(0, slash), id: id.slice(slash + 1) });
  return model;
}

function optionsOf({ tools, parameters }: ChatRequest) {
  const { temperature, topP, maxOutputTokens } = parameters;
  return {
    justification: l10n.t('Tutti asks the model you chose for it.'),
    modelOptions: {
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { top_p: topP }),
      ...(maxOutputTokens !== undefined && { max_tokens: maxOutputTokens }),
      ...parameters.extraBody,
    },
    ...(tools && {
      tools: tools.map(({ name, description, parameters: inputSchema }) => ({ name, description, inputSchema })),
    }),
  };
}

/** There is no system role here: it is said first. */
function toVscodeMessages({ system, messages }: ChatRequest): LanguageModelChatMessage[] {
  return [
    ...(system === undefined || system === '' ? [] : [LanguageModelChatMessage.User(system)]),
    ...messages.map(toVscodeMessage),
  ];
}

function toVscodeMessage(message: Message): LanguageModelChatMessage {
  switch (message.role) {
    case 'user':
      return LanguageModelChatMessage.User(message.content.map(inputPart));
    case 'tool':
      return LanguageModelChatMessage.User([
        new LanguageModelToolResultPart(message.toolCallId, message.content.map(inputPart)),
      ]);
    case 'assistant':
      return LanguageModelChatMessage.Assistant(
        message.content.flatMap((part): readonly (LanguageModelTextPart | LanguageModelToolCallPart)[] => {
          if (part.type === 'text' || part.type === 'refusal') return [new LanguageModelTextPart(part.text)];
          if (part.type !== 'tool-call') return [];
          const input = parseJson(part.arguments);
          return [new LanguageModelToolCallPart(part.id, part.name, isObject(input) ? input : {})];
        }),
      );
  }
}

function inputPart(part: TextPart | ImagePart): LanguageModelTextPart | LanguageModelDataPart {
  if (part.type === 'text') return new LanguageModelTextPart(part.text);
  return LanguageModelDataPart.image(Buffer.from(part.base64, 'base64'), part.mediaType);
}

function take(reply: ReplyBuilder, part: unknown): void {
  if (part instanceof LanguageModelTextPart) {
    reply.text(part.value);
  } else if (part instanceof LanguageModelToolCallPart) {
    const index = reply.toolCall(part.callId, part.name);
    reply.toolCallArguments(index, JSON.stringify(part.input));
  }
}

const codes: Readonly<Record<string, LlmError['code']>> = {
  NoPermissions: 'permission',
  Blocked: 'quota',
  NotFound: 'no-model',
};

function errorOf(error: unknown): LlmError {
  const code = error instanceof LanguageModelError ? codes[error.code] : undefined;
  return { code: code ?? 'server', message: messageOf(error), retryable: code === undefined };
}
