import type { Discovery } from '../llm/discovery.ts';
import type { Endpoint } from '../llm/endpoint.ts';
import type { Model } from '../llm/model.ts';
import type { ChatProtocol, CompletionProtocol } from '../llm/model-facts.ts';
import type { PullOutcome, PullReport } from '../llm/pull.ts';
import type { Request } from '../llm/request.ts';
import type { StreamFunction } from '../llm/stream-event.ts';
import type { ModelList, Vendor } from '../llm/vendor.ts';
import type { SentRequest } from '../llm/wire-observer.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { bedrockConverse } from './bedrock-converse.ts';
import { discover } from './discover.ts';
import { type FetchedPage, fetchPage } from './fetch-page.ts';
import { geminiNative } from './gemini-native.ts';
import { type AddressRefused, Http } from './http.ts';
import { type ListAnswer, listModels } from './list-models.ts';
import { llamacppInfill } from './llamacpp-infill.ts';
import { ollamaChat } from './ollama-chat.ts';
import { ollamaGenerate } from './ollama-generate.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiCompletions } from './openai-completions.ts';
import { openaiResponses } from './openai-responses.ts';
import { type ProbeOptions, probeLocal } from './probe-local.ts';
import { pullModel } from './pull-model.ts';
import { runningContext } from './running-context.ts';
import { streamOver, unsent } from './stream-reply.ts';
import { vendors } from './vendors.ts';
import type { WireName, WireProtocol } from './wire-protocol.ts';

/** All of the outside world that models are asked through; opened once for the life of the extension. */
export interface Providers {
  readonly vendors: readonly Vendor[];
  stream(name: WireName): StreamFunction;
  /** The HTTP request a wire makes of a request, unsent. */
  written(name: WireName, model: Model, request: Request): SentRequest;
  listModels(endpoint: Endpoint, list: ModelList, signal: AbortSignal): Promise<ListAnswer>;
  /** Tokens a server has really set aside for the model, where it is known to differ from the model's window. */
  runningContext(model: Model, signal: AbortSignal): Promise<number | undefined>;
  discover(address: string, key: string | undefined, signal: AbortSignal, guess?: Vendor): Promise<Discovery>;
  /** What runs on this computer. */
  probeLocal(signal: AbortSignal, options?: ProbeOptions): Promise<readonly Discovery[]>;
  /** Has a server fetch a model. */
  pull(
    endpoint: Endpoint,
    pulls: NonNullable<Vendor['pulls']>,
    model: string,
    report: PullReport,
    signal: AbortSignal,
  ): Promise<PullOutcome>;
  /** The text at an address a user gave; rejects with the reason where there is none. */
  fetchPage(url: string, signal: AbortSignal): Promise<FetchedPage>;
  /** Ends connections that are kept for later. */
  close(): void;
}

/** A new wire is one file and one line in one of these. */
export const chatWires: Readonly<Record<ChatWire, WireProtocol<'chat'>>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  'gemini-native': geminiNative,
  'bedrock-converse': bedrockConverse,
  'ollama-chat': ollamaChat,
};
export const completionWires: Readonly<Record<CompletionWire, WireProtocol<'completion'>>> = {
  'openai-completions': openaiCompletions,
  'llamacpp-infill': llamacppInfill,
  'ollama-generate': ollamaGenerate,
};

type ChatWire = Extract<ChatProtocol, WireName>;
type CompletionWire = Extract<CompletionProtocol, WireName>;

export function isChatWire(name: string): name is ChatWire {
  return Object.hasOwn(chatWires, name);
}

export function isCompletionWire(name: string): name is CompletionWire {
  return Object.hasOwn(completionWires, name);
}

/** Opens no socket yet: connections come with the first request, and only to addresses that are not refused. */
export function openProviders(refused?: AddressRefused): Providers {
  const http = new Http(refused);
  return {
    vendors,
    stream: (name) => (isChatWire(name) ? streamOver(http, chatWires[name]) : streamOver(http, completionWires[name])),
    written: (name, model, request) =>
      isChatWire(name) ? unsent(chatWires[name], model, request) : unsent(completionWires[name], model, request),
    listModels: (endpoint, list, signal) => listModels(http, endpoint, list, signal),
    runningContext: (model, signal) => runningContext(http, model, signal),
    discover: (address, key, signal, guess) => discover(http, address, key, signal, guess),
    probeLocal: (signal, options) => probeLocal(http, signal, options),
    pull: (...asked) => pullModel(http, ...asked),
    fetchPage: (url, signal) => fetchPage(http, url, signal),
    close: () => http.close(),
  };
}
