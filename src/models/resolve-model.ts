import * as l10n from '@vscode/l10n';
import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ChatProtocol, ModelFacts } from '../llm/model-facts.ts';
import { modelRef } from '../llm/model-ref.ts';
import type { Address, Vendor } from '../llm/vendor.ts';
import { isLoopback } from '../util/loopback.ts';
import { defaultTimeouts } from './default-timeouts.ts';
import { publishedForm } from './fim-models.ts';
import { factsOfSettings, type ModelSettings } from './model-settings.ts';
import type { ProviderConfig } from './provider-config.ts';
import { overlayFacts } from './read-facts.ts';

/** A provider whose vendor and address are known; its key and certificates are added for each request. */
export interface Provider {
  readonly id: string;
  readonly vendor: Vendor;
  readonly config: ProviderConfig;
  readonly endpoint: Endpoint;
}

/**
 * The provider an entry of the settings describes, or why it cannot be one. `isLocal`: whether what is sent to an
 * address stays with the user; where a kind of server usually runs says nothing of where this one does.
 */
export function resolveProvider(
  config: ProviderConfig,
  vendors: readonly Vendor[],
  isLocal: (url: string) => boolean = isLoopback,
): Provider | LlmError {
  const vendor = vendors.find((row) => row.id === config.vendor);
  if (!vendor) {
    const known = vendors.map((row) => row.id).join(', ');
    return unusable(
      l10n.t('Provider "{0}" names the unknown vendor "{1}". Known are: {2}.', config.id, config.vendor, known),
    );
  }
  const given = (config.baseUrl ?? vendor.baseUrl ?? '').replace(/\/+$/, '');
  // What never needs a key is inside the editor.
  const hasAddress = vendor.key !== 'none';
  if (hasAddress && !isHttpUrl(given)) {
    return unusable(
      given === ''
        ? l10n.t('Provider "{0}" needs a "baseUrl".', config.id)
        : l10n.t('The "baseUrl" of provider "{0}" is not a http(s) address: {1}', config.id, given),
    );
  }
  const { baseUrl, chat, model }: Address = (hasAddress && vendor.readAddress?.(given)) || { baseUrl: given };
  const isInside = vendor.builtIn === true && vendor.local;
  const local = isInside || isLocal(baseUrl);
  const endpoint: Endpoint = {
    provider: config.id,
    vendor: vendor.id,
    baseUrl,
    keyHeader: vendor.keyHeader,
    headers: { ...vendor.headers, ...config.headers },
    timeouts: { ...defaultTimeouts(local || vendor.local), ...config.timeouts },
    quirks: vendor.quirks,
    local,
    ...(vendor.local && { selfHosted: true }),
    ...(config.keepAlive !== undefined && { keepAlive: config.keepAlive }),
  };
  return {
    id: config.id,
    vendor,
    endpoint,
    config: {
      ...config,
      ...(chat && { chat: config.chat ?? chat }),
      ...(model !== undefined && { models: { [model]: {}, ...config.models } }),
    },
  };
}

/** What is known of a model besides the user's settings, from the least certain source to the surest. */
export interface KnownFacts {
  /** The snapshot of all vendors' models that Tutti brings along, for this vendor. */
  readonly catalog: ReadonlyMap<string, ModelFacts>;
  /** What the endpoint's own list says. */
  readonly listed: ModelFacts | undefined;
}

/** Who says what of a model: the snapshot, the endpoint's own list, the user where he set up the provider. */
export interface FactLayer {
  readonly from: 'catalog' | 'endpoint' | 'provider';
  readonly facts: ModelFacts | undefined;
}

/** From the least certain to the surest. */
export function factLayers(provider: Provider, id: string, { catalog, listed }: KnownFacts): readonly FactLayer[] {
  const own = provider.config.models[id];
  return [
    { from: 'catalog', facts: catalog.get(publishedId(provider, id, listed)) },
    { from: 'endpoint', facts: listed && pricedBy('endpoint', listed) },
    { from: 'provider', facts: own && pricedBy('yours', own) },
  ];
}

function publishedId({ config }: Provider, id: string, listed: ModelFacts | undefined): string {
  return config.models[id]?.model ?? listed?.model ?? id;
}

/** A model of `provider`; the user's word goes over all else that is known. */
export function resolveModel(
  provider: Provider,
  id: string,
  { catalog, listed }: KnownFacts,
  settings: ModelSettings,
): Model {
  const { vendor, config } = provider;
  const own = config.models[id];
  const published = publishedId(provider, id, listed);
  const told = overlayFacts(
    vendor.fim === undefined ? undefined : { fim: vendor.fim },
    ...factLayers(provider, id, { catalog, listed }).map(({ facts }) => facts),
    pricedBy('yours', factsOfSettings(settings)),
  );
  const chat = own?.chat ?? config.chat ?? told.chat ?? vendor.chat;
  const completion = own?.completion ?? config.completion ?? told.completion ?? vendor.completion;
  const ownForm = provider.endpoint.quirks.completionsPath !== undefined;
  const fim = own?.fim ?? (completion && publishedForm(published, { protocol: completion, ownForm }, listed?.fim));
  const facts: ModelFacts = fim === undefined ? told : { ...told, fim };
  return {
    ref: modelRef(provider.id, id),
    id,
    endpoint: endpointFor(provider, chat, facts),
    ...(chat && { chat }),
    ...(completion && { completion }),
    facts,
  };
}

/** Facts that go over others with their price say where it is from. */
function pricedBy(priceFrom: string, facts: ModelFacts): ModelFacts {
  return facts.price ? { ...facts, priceFrom } : facts;
}

/** The provider's endpoint as `chat` wants it, with the model's own quirks over the vendor's. */
function endpointFor({ vendor, endpoint }: Provider, chat: ChatProtocol | undefined, facts: ModelFacts): Endpoint {
  const wire = chat && vendor.wires?.[chat];
  return {
    ...endpoint,
    ...(wire?.path !== undefined && { baseUrl: new URL(wire.path, endpoint.baseUrl).href }),
    ...(wire?.keyHeader && { keyHeader: wire.keyHeader }),
    quirks: { ...endpoint.quirks, ...wire?.quirks, ...facts.quirks },
  };
}

export function isError(value: Provider | LlmError): value is LlmError {
  return 'code' in value;
}

function unusable(message: string): LlmError {
  return { code: 'no-model', message, retryable: false };
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
}
