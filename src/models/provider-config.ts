import * as l10n from '@vscode/l10n';
import type { Timeouts } from '../llm/endpoint.ts';
import {
  type ChatProtocol,
  type CompletionProtocol,
  chatProtocols,
  completionProtocols,
  type ModelFacts,
} from '../llm/model-facts.ts';
import { isObject, type JsonObject, numberAt, stringAt } from '../util/json.ts';
import { oneOf, readFacts } from './read-facts.ts';

/** One entry of the setting `tutti.providers`, as far as it could be understood. */
export interface ProviderConfig {
  readonly id: string;
  readonly vendor: string;
  readonly baseUrl?: string;
  /** Environment variable that holds the key; absent = SecretStorage. */
  readonly keyVariable?: string;
  /** Takes the place of the vendor's protocols for all models of the provider. */
  readonly chat?: ChatProtocol;
  readonly completion?: CompletionProtocol;
  /** The user's account with the vendor's company stands in for a key. */
  readonly signIn?: true;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeouts: Partial<Timeouts>;
  readonly caFile?: string;
  /** How long a server of the user's own keeps a model in memory. */
  readonly keepAlive?: string | number;
  /** Model id → what the user says of it. Listed even where the endpoint does not list it. */
  readonly models: Readonly<Record<string, ModelFacts>>;
}

export interface ProvidersSetting {
  readonly providers: readonly ProviderConfig[];
  /** One sentence each, naming the entry and what to do. */
  readonly problems: readonly string[];
}

/** Reads `tutti.providers`; an entry that cannot be used becomes a problem, never a silent omission. */
export function readProviders(value: unknown): ProvidersSetting {
  if (value === undefined || value === null) return { providers: [], problems: [] };
  if (!isObject(value))
    return { providers: [], problems: [l10n.t('tutti.providers has to be an object: provider id → provider.')] };
  const providers: ProviderConfig[] = [];
  const problems: string[] = [];
  for (const [id, entry] of Object.entries(value)) {
    const problem = problemOf(id, entry);
    if (problem !== undefined) problems.push(`tutti.providers: "${id}" ${problem}`);
    else if (isObject(entry)) providers.push(readProvider(id, entry));
  }
  return { providers, problems };
}

const environmentReference = /^\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}$/;

function problemOf(id: string, entry: unknown): string | undefined {
  if (id === '' || id.includes('/')) return l10n.t('is no usable provider id: it may not be empty or contain "/".');
  if (!isObject(entry)) return l10n.t('has to be an object with at least "vendor".');
  if (stringAt(entry, 'vendor') === undefined)
    return l10n.t('names no "vendor", e.g. "openai" or "openai-compatible".');
  const key = entry['apiKey'];
  if (key !== undefined && (typeof key !== 'string' || !environmentReference.test(key))) {
    return l10n.t(
      'holds a key in plain text. Remove "apiKey" and run "Tutti: Add Provider…", which keeps keys in the secret store, or write "${env:NAME}".',
    );
  }
  return undefined;
}

function readProvider(id: string, entry: JsonObject): ProviderConfig {
  const baseUrl = stringAt(entry, 'baseUrl');
  const caFile = stringAt(entry, 'caFile');
  const chat = oneOf(chatProtocols, entry['chat']);
  const completion = oneOf(completionProtocols, entry['completion']);
  const keepAlive = stringAt(entry, 'keepAlive') ?? numberAt(entry, 'keepAlive');
  const keyVariable = environmentReference.exec(stringAt(entry, 'apiKey') ?? '')?.[1];
  return {
    id,
    vendor: stringAt(entry, 'vendor') ?? '',
    ...(baseUrl !== undefined && { baseUrl }),
    ...(keyVariable !== undefined && { keyVariable }),
    ...(caFile !== undefined && { caFile }),
    ...(chat && { chat }),
    ...(completion && { completion }),
    ...(keepAlive !== undefined && keepAlive !== '' && { keepAlive }),
    ...(entry['signIn'] === true && { signIn: true }),
    headers: readHeaders(entry['headers']),
    timeouts: readTimeouts(entry['timeouts']),
    models: readModels(entry['models']),
  };
}

function readHeaders(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

function readTimeouts(value: unknown): Partial<Timeouts> {
  const names = ['connectMs', 'firstTokenMs', 'idleMs'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const ms = numberAt(value, name);
      return ms !== undefined && ms >= 0 ? [[name, ms] as const] : [];
    }),
  );
}

function readModels(value: unknown): Record<string, ModelFacts> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([id, facts]) => [id, readFacts(facts)]));
}
