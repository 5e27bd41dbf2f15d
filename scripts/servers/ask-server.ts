import type { Endpoint } from '../../src/llm/endpoint.ts';
import type { Model } from '../../src/llm/model.ts';
import type { CompletionProtocol } from '../../src/llm/model-facts.ts';
import type { Request } from '../../src/llm/request.ts';
import type { EndEvent } from '../../src/llm/stream-event.ts';
import type { Vendor } from '../../src/llm/vendor.ts';
import { isError, type Provider, resolveModel, resolveProvider } from '../../src/models/resolve-model.ts';
import type { Providers } from '../../src/providers/providers.ts';
import type { WireName } from '../../src/providers/wire-protocol.ts';

/** A server and how the product would be told of it. */
export interface ServerUnderTest {
  readonly vendor: string;
  /** Up to the port. */
  readonly url: string;
  readonly apiKey?: string;
}

export interface Answered {
  readonly pieces: readonly string[];
  readonly end: EndEvent;
}

/** The product's own way from a setting to a model. */
export function modelOn(
  providers: Providers,
  server: ServerUnderTest,
  id: string,
  completion?: CompletionProtocol,
): Model {
  const provider = providerOn(providers, server, completion);
  const model = resolveModel(provider, id, { catalog: new Map(), listed: undefined }, { parameters: {} });
  return { ...model, endpoint: withKey(model.endpoint, server) };
}

export function endpointOf(providers: Providers, server: ServerUnderTest): { vendor: Vendor; endpoint: Endpoint } {
  const { vendor, endpoint } = providerOn(providers, server);
  return { vendor, endpoint: withKey(endpoint, server) };
}

function providerOn(
  { vendors }: Providers,
  { vendor, url }: ServerUnderTest,
  completion?: CompletionProtocol,
): Provider {
  const provider = resolveProvider(
    {
      id: vendor,
      vendor,
      baseUrl: `${url}/v1`,
      headers: {},
      timeouts: { firstTokenMs: 120_000 },
      models: {},
      ...(completion && { completion }),
    },
    vendors,
  );
  if (isError(provider)) throw new Error(provider.message);
  return provider;
}

function withKey(endpoint: Endpoint, { apiKey }: ServerUnderTest): Endpoint {
  return { ...endpoint, ...(apiKey !== undefined && { apiKey }) };
}

/** Asks to the end; `firstPiece` is called when the first text has come. */
export async function ask(
  providers: Providers,
  wire: WireName,
  model: Model,
  request: Request,
  signal: AbortSignal = new AbortController().signal,
  firstPiece: () => void = () => undefined,
): Promise<Answered> {
  const pieces: string[] = [];
  for await (const event of providers.stream(wire)(model, request, signal)) {
    if (event.type === 'text' && pieces.push(event.text) === 1) firstPiece();
    if (event.type === 'end') return { pieces, end: event };
  }
  throw new Error('The stream ended without its end event.');
}
