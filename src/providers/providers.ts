import type { Endpoint } from '../llm/endpoint.ts';
import type { StreamFunction } from '../llm/stream-event.ts';
import type { ModelList, Vendor } from '../llm/vendor.ts';
import { anthropicMessages } from './anthropic-messages.ts';
import { Http } from './http.ts';
import { type ListAnswer, listModels } from './list-models.ts';
import { llamacppInfill } from './llamacpp-infill.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiCompletions } from './openai-completions.ts';
import { streamOver } from './stream-reply.ts';
import { vendors } from './vendors.ts';
import type { WireName } from './wire-protocol.ts';

/** All of the outside world that models are asked through; opened once for the life of the extension. */
export interface Providers {
  readonly vendors: readonly Vendor[];
  stream(name: WireName): StreamFunction;
  listModels(endpoint: Endpoint, list: ModelList, signal: AbortSignal): Promise<ListAnswer>;
  /** Ends connections that are kept for later. */
  close(): void;
}

/** A new wire is one file and one line here. */
const streams: Readonly<Record<WireName, (http: Http) => StreamFunction>> = {
  'openai-chat': (http) => streamOver(http, openaiChat),
  'openai-completions': (http) => streamOver(http, openaiCompletions),
  'llamacpp-infill': (http) => streamOver(http, llamacppInfill),
  'anthropic-messages': (http) => streamOver(http, anthropicMessages),
};

/** Opens no socket yet: connections come with the first request. */
export function openProviders(): Providers {
  const http = new Http();
  return {
    vendors,
    stream: (name) => streams[name](http),
    listModels: (endpoint, list, signal) => listModels(http, endpoint, list, signal),
    close: () => http.close(),
  };
}
