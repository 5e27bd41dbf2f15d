import * as l10n from '@vscode/l10n';
import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { ProviderConfig } from '../models/provider-config.ts';
import type { Provider } from '../models/resolve-model.ts';
import { messageOf } from '../util/message-of.ts';
import type { FoundKey, GatewayPorts } from './ports.ts';

type Ports = Pick<GatewayPorts, 'keys' | 'bearer' | 'environment' | 'readFile'>;

/** The endpoint with key and certificates, ready to be spoken to; or what is missing. Never rejects. */
export async function authorize(provider: Provider, endpoint: Endpoint, ports: Ports): Promise<Endpoint | LlmError> {
  const ca = await certificates(provider.config, ports);
  if (typeof ca === 'object') return ca;
  const trusting = { ...endpoint, ...(ca !== undefined && { ca }) };
  if (provider.config.signIn) return signedIn(provider, trusting, ports);
  const key = await keyOf(provider, ports);
  if (typeof key === 'object') return key;
  return { ...trusting, ...(key !== undefined && { apiKey: key }) };
}

/** The address a provider's key and model list belong to. */
export function originOf(provider: Provider): string {
  return URL.parse(provider.endpoint.baseUrl)?.origin ?? provider.vendor.id;
}

async function signedIn({ id, vendor }: Provider, endpoint: Endpoint, ports: Ports): Promise<Endpoint | LlmError> {
  if (!vendor.signIn)
    return noKey(l10n.t('"signIn" of "{0}" does not work with {1}: it takes keys only.', id, vendor.label));
  const account = vendor.signIn.provider;
  try {
    const token = await ports.bearer(vendor.signIn);
    if (token !== undefined) return { ...endpoint, apiKey: token, keyHeader: 'authorization' };
    return noKey(l10n.t('"{0}" uses your {1} account, and you are not signed in.', id, account));
  } catch (error) {
    return noKey(l10n.t('"{0}" uses your {1} account, and signing in failed: {2}', id, account, messageOf(error)));
  }
}

async function keyOf(provider: Provider, ports: Ports): Promise<string | undefined | LlmError> {
  const { vendor, config } = provider;
  if (vendor.key === 'none') return undefined;
  if (config.keyVariable !== undefined) {
    const key = ports.environment(config.keyVariable);
    if (key !== undefined && key !== '') return key;
    return noKey(
      l10n.t(
        'The environment variable {0}, which should hold the key of "{1}", is not set.',
        config.keyVariable,
        provider.id,
      ),
    );
  }
  const found = await findKey(provider, ports);
  if ('message' in found) return found;
  switch (found.kind) {
    case 'key':
      return found.key;
    case 'none':
      return vendor.key === 'optional'
        ? undefined
        : noKey(l10n.t('No key for "{0}" is kept on this machine.', provider.id));
    case 'other-origin':
      return noKey(
        l10n.t(
          'The key of "{0}" was given for {1} and is not sent to {2}.',
          provider.id,
          found.origin,
          originOf(provider),
        ),
      );
  }
}

/** A keyring may be locked or missing: that is one provider's trouble. */
async function findKey(provider: Provider, ports: Ports): Promise<FoundKey | LlmError> {
  try {
    return await ports.keys.find(provider.id, originOf(provider));
  } catch (error) {
    return noKey(
      l10n.t('The editor’s secret store, with the key of "{0}", cannot be read: {1}', provider.id, messageOf(error)),
    );
  }
}

async function certificates(config: ProviderConfig, ports: Ports): Promise<string | undefined | LlmError> {
  if (config.caFile === undefined) return undefined;
  try {
    return await ports.readFile(config.caFile);
  } catch (error) {
    const message = l10n.t('The "caFile" of "{0}" cannot be read: {1}', config.id, messageOf(error));
    return { code: 'tls', message, retryable: false };
  }
}

function noKey(message: string): LlmError {
  return { code: 'no-key', message, retryable: false };
}
