import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ModelFacts } from '../llm/model-facts.ts';
import { type ModelRef, modelRef } from '../llm/model-ref.ts';
import type { Vendor } from '../llm/vendor.ts';
import { defaultTimeouts } from './default-timeouts.ts';
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

/** The provider an entry of the settings describes, or why it cannot be one. */
export function resolveProvider(config: ProviderConfig, vendors: readonly Vendor[]): Provider | LlmError {
  const vendor = vendors.find((row) => row.id === config.vendor);
  if (!vendor) {
    const known = vendors.map((row) => row.id).join(', ');
    return unusable(`Provider "${config.id}" names the unknown vendor "${config.vendor}". Known are: ${known}.`);
  }
  const baseUrl = (config.baseUrl ?? vendor.baseUrl ?? '').replace(/\/+$/, '');
  if (vendor.chat !== 'embedded' && !isHttpUrl(baseUrl)) {
    return unusable(
      baseUrl === ''
        ? `Provider "${config.id}" needs a "baseUrl".`
        : `The "baseUrl" of provider "${config.id}" is not a http(s) address: ${baseUrl}`,
    );
  }
  const endpoint: Endpoint = {
    provider: config.id,
    vendor: vendor.id,
    baseUrl,
    keyHeader: vendor.keyHeader,
    headers: config.headers,
    timeouts: { ...defaultTimeouts(vendor.local), ...config.timeouts },
    quirks: vendor.quirks,
    local: vendor.local,
  };
  return { id: config.id, vendor, config, endpoint };
}

/** A model of `provider`. `listed` is what the endpoint's own list says; the user's word goes over it. */
export function resolveModel(
  provider: Provider,
  id: string,
  listed: ModelFacts | undefined,
  settings: ModelSettings,
): Model {
  const { vendor } = provider;
  const ref: ModelRef = modelRef(provider.id, id);
  return {
    ref,
    id,
    endpoint: provider.endpoint,
    ...(vendor.chat && { chat: vendor.chat }),
    ...(vendor.completion && { completion: vendor.completion }),
    facts: overlayFacts(
      vendor.fim === undefined ? undefined : { fim: vendor.fim },
      listed,
      provider.config.models[id],
      factsOfSettings(settings),
    ),
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
