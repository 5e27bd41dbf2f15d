import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  type LanguageModelChatInformation,
  type LanguageModelChatProvider,
  type LanguageModelChatRequestMessage,
  LanguageModelChatToolMode,
  LanguageModelError,
  type LanguageModelResponsePart,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  type Progress,
  type ProvideLanguageModelChatResponseOptions,
} from 'vscode';
import { wordError } from '../chat/wording.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { AssistantMessage } from '../llm/message.ts';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { ChatRequest, Tool } from '../llm/request.ts';
import { describeModel } from '../models/describe-model.ts';
import { isObject } from '../util/json.ts';
import { fromVscodeMessages } from './lm-messages.ts';
import { signalOf } from './signal-of.ts';

/** Room assumed where nothing is known: small enough for a local model, large enough to be of use. */
const usual = { context: 32_768, output: 4096 } as const;

interface OfferedModel extends LanguageModelChatInformation {
  readonly ref: ModelRef;
}

/** Tutti's models for VS Code's own Chat and for other extensions. Their requests leave by the same door as ours. */
export class TuttiLanguageModels implements LanguageModelChatProvider<OfferedModel>, Disposable {
  readonly #gateway: Gateway;
  readonly #directory: ModelDirectory;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeLanguageModelChatInformation = this.#changed.event;

  constructor(gateway: Gateway, directory: ModelDirectory) {
    this.#gateway = gateway;
    this.#directory = directory;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** To be told when settings or a server's list have changed: VS Code then asks anew. */
  modelsMayHaveChanged(): void {
    this.#changed.fire();
  }

  async provideLanguageModelChatInformation(
    _options: { readonly silent: boolean },
    token: CancellationToken,
  ): Promise<OfferedModel[]> {
    const providers = await this.#directory.known(signalOf(token));
    return providers
      .filter((provider) => provider.error === undefined)
      .flatMap((provider) =>
        provider.models
          .filter((model) => isOffered(model) && !provider.refused.has(model.ref))
          .map((model) => offer(model, provider.label)),
      );
  }

  async provideLanguageModelChatResponse(
    model: OfferedModel,
    messages: readonly LanguageModelChatRequestMessage[],
    options: ProvideLanguageModelChatResponseOptions,
    progress: Progress<LanguageModelResponsePart>,
    token: CancellationToken,
  ): Promise<void> {
    const { system, messages: history } = fromVscodeMessages(messages);
    const tools = toolsOf(options);
    const request: ChatRequest = {
      kind: 'chat',
      messages: history,
      parameters: {},
      ...(system !== '' && { system }),
      ...(tools.length > 0 && { tools }),
    };
    for await (const event of this.#gateway.stream({ role: 'chat', model: model.ref, request }, signalOf(token))) {
      if (event.type === 'text' || event.type === 'refusal') progress.report(new LanguageModelTextPart(event.text));
      if (event.type !== 'end') continue;
      for (const call of callsIn(event.message)) progress.report(call);
      if (event.error) throw refusalOf(event.error, model.ref);
    }
  }

  /** Asked thousands of times while a prompt is put together, so it only estimates: about four characters a token. */
  async provideTokenCount(_model: OfferedModel, text: string | LanguageModelChatRequestMessage): Promise<number> {
    return Math.ceil((typeof text === 'string' ? text.length : lengthOf(text)) / 4);
  }
}

/** Other extensions' models are VS Code's already, and what is not on this disk cannot answer at once. */
function isOffered({ chat, facts }: Model): boolean {
  return chat !== undefined && chat !== 'vscode-lm' && facts.absent !== true;
}

function offer(model: Model, provider: string): OfferedModel {
  const { facts } = model;
  const output = Math.min(facts.maxOutputTokens ?? usual.output, facts.contextWindow ?? usual.context);
  return {
    ref: model.ref,
    id: model.ref,
    name: facts.name ?? model.id,
    family: model.id,
    version: '1',
    detail: provider,
    tooltip: describeModel(facts),
    maxInputTokens: Math.max(1, (facts.contextWindow ?? usual.context) - output),
    maxOutputTokens: output,
    // Unknown is not "no": a model that cannot will say so.
    capabilities: { imageInput: facts.images ?? false, toolCalling: facts.tools ?? model.chat !== 'embedded' },
  };
}

function toolsOf({ tools = [], toolMode }: ProvideLanguageModelChatResponseOptions): readonly Tool[] {
  if (
    tools.length === 0 ||
    (toolMode !== LanguageModelChatToolMode.Auto && toolMode !== LanguageModelChatToolMode.Required)
  ) {
    return [];
  }
  return tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    parameters: isObject(inputSchema) ? inputSchema : { type: 'object', properties: {} },
  }));
}

/** Whole calls only: VS Code runs them as they come. */
function callsIn(message: AssistantMessage): readonly LanguageModelToolCallPart[] {
  return message.content.flatMap((part, index) => {
    if (part.type !== 'tool-call' || part.server) return [];
    return [
      new LanguageModelToolCallPart(part.id === '' ? `call_${index}` : part.id, part.name, inputOf(part.arguments)),
    ];
  });
}

function inputOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    // A malformed call reaches the tool as one without arguments, and the tool says what it misses.
    return {};
  }
}

function refusalOf(error: LlmError, model: string): Error {
  const { cause, nextStep } = wordError(error, model);
  const message = `${cause} ${nextStep}`;
  switch (error.code) {
    case 'no-key':
    case 'authentication':
    case 'permission':
      return LanguageModelError.NoPermissions(message);
    case 'no-model':
    case 'not-found':
      return LanguageModelError.NotFound(message);
    case 'content-filter':
    case 'quota':
      return LanguageModelError.Blocked(message);
    default:
      return new Error(message);
  }
}

function lengthOf(message: LanguageModelChatRequestMessage): number {
  return message.content.reduce<number>(
    (sum, part) => sum + (part instanceof LanguageModelTextPart ? part.value.length : 400),
    0,
  );
}
