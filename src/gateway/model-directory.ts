import * as l10n from '@vscode/l10n';
import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ModelFacts } from '../llm/model-facts.ts';
import { type ModelRef, parseModelRef } from '../llm/model-ref.ts';
import type { ListedModel } from '../llm/vendor.ts';
import { readModelSettings } from '../models/model-settings.ts';
import { type ProviderConfig, readProviders } from '../models/provider-config.ts';
import {
  type FactLayer,
  factLayers,
  isError,
  type KnownFacts,
  type Provider,
  resolveModel,
  resolveProvider,
} from '../models/resolve-model.ts';
import type { ModelLists } from '../store/model-lists.ts';
import { messageOf } from '../util/message-of.ts';
import { authorize, originOf } from './authorize.ts';
import type { GatewayPorts, ListAnswer } from './ports.ts';

/** A provider with all models known of it, for pickers. */
export interface ProviderModels {
  readonly id: string;
  readonly label: string;
  readonly models: readonly Model[];
  /** Why its models cannot be used, or why its list could not be fetched. */
  readonly error?: LlmError;
  /** Why some of them may not be asked: what an administrator or the user's own switch says. */
  readonly refused: ReadonlyMap<ModelRef, string>;
}

/** A list younger than this is not asked for again when a picker opens. */
const freshMs = 5 * 60_000;

/** Knows which models there are and where, from the settings and from what the endpoints listed. */
export class ModelDirectory {
  readonly #ports: GatewayPorts;
  readonly #lists: ModelLists;
  #providers: Promise<Providers> | undefined;
  readonly #facts = new Map<string, Promise<ReadonlyMap<string, ModelFacts>>>();
  readonly #listListeners = new Set<() => void>();
  /** By vendor; they never change. */
  readonly #catalogs = new Map<string, Promise<ReadonlyMap<string, ModelFacts>>>();

  constructor(ports: GatewayPorts, lists: ModelLists) {
    this.#ports = ports;
    this.#lists = lists;
  }

  /** Call when settings have changed: what was read from them is read anew on next use. */
  settingsChanged(): void {
    this.#providers = undefined;
    this.#facts.clear();
  }

  /** Called when a server was found to have other models than before. */
  onDidChangeList(listener: () => void): void {
    this.#listListeners.add(listener);
  }

  /** Sentences about entries of `tutti.providers` that cannot be used. */
  async problems(): Promise<readonly string[]> {
    return (await this.#read()).problems;
  }

  async providers(): Promise<readonly Provider[]> {
    return [...(await this.#read()).usable.values()];
  }

  /** The model behind `ref`, not yet authorized; or why there is none. */
  async find(ref: ModelRef): Promise<Model | LlmError> {
    const place = await this.#place(ref);
    if ('code' in place) return place;
    return resolveModel(place.provider, place.id, place.known, readModelSettings(this.#ports.settings.models(), ref));
  }

  /** What is known of the model besides the user's settings for it, and from whom. */
  async told(ref: ModelRef): Promise<readonly FactLayer[] | LlmError> {
    const place = await this.#place(ref);
    return 'code' in place ? place : factLayers(place.provider, place.id, place.known);
  }

  async #place(ref: ModelRef): Promise<Place | LlmError> {
    const parsed = parseModelRef(ref);
    const { usable, broken } = await this.#read();
    const provider = parsed && usable.get(parsed.provider);
    if (!parsed || !provider) {
      const known = parsed && broken.get(parsed.provider);
      return known ?? noModel(l10n.t('No provider "{0}" is set up.', parsed?.provider ?? ref));
    }
    const [listed, catalog] = await Promise.all([this.#listed(provider, parsed.id), this.#catalog(provider)]);
    return { provider, id: parsed.id, known: { catalog, listed } };
  }

  /** Endpoint with key and certificates, ready to be spoken to; or what is missing. */
  async authorize(endpoint: Endpoint): Promise<Endpoint | LlmError> {
    const provider = (await this.#read()).usable.get(endpoint.provider);
    if (!provider) return noModel(l10n.t('No provider "{0}" is set up.', endpoint.provider));
    // No key is fetched for what a gate will refuse: that alone could ask somebody elsewhere.
    if (this.#ports.policy?.endpointRefused(endpoint) !== undefined) return endpoint;
    return authorize(provider, endpoint, this.#ports);
  }

  /** Asks an endpoint for its models and keeps the answer. */
  async refresh(provider: Provider, signal: AbortSignal): Promise<ListAnswer> {
    const refusal = this.#refusal(provider);
    if (refusal) return { error: refusal };
    const endpoint = await this.authorize(provider.endpoint);
    if ('code' in endpoint) return { error: endpoint };
    const { list } = provider.vendor;
    if (list === 'catalog') return { models: [...(await this.#catalog(provider)).keys()].map(bareModel) };
    const answer = await this.#list(provider.id, () => this.#ports.listModels(endpoint, list, signal));
    // What is here is looked up each time; what a server says is worth keeping.
    if ('models' in answer && !provider.vendor.builtIn) {
      const before = await this.#kept(provider);
      await this.#keep(provider, answer.models);
      this.#facts.delete(provider.id);
      if (JSON.stringify(before?.models) !== JSON.stringify(answer.models)) {
        for (const listener of this.#listListeners) listener();
      }
    }
    return answer;
  }

  #refusedEntry(model: Model): readonly (readonly [ModelRef, string])[] {
    const reason = this.#ports.policy?.modelRefused(model);
    return reason === undefined ? [] : [[model.ref, reason]];
  }

  #refusal({ endpoint }: Provider): LlmError | undefined {
    const message = this.#ports.policy?.endpointRefused(endpoint);
    return message === undefined ? undefined : { code: 'policy', message, retryable: false };
  }

  /** One list that cannot be made, e.g. of files in a locked folder, does not hide the others. */
  async #list(provider: string, list: () => Promise<ListAnswer>): Promise<ListAnswer> {
    try {
      return await list();
    } catch (error) {
      const message = `The models of "${provider}" cannot be listed: ${messageOf(error)}`;
      return { error: { code: 'internal', message, retryable: false } };
    }
  }

  /** All providers with their models; lists that are not fresh are fetched, all at once. */
  async all(signal: AbortSignal): Promise<readonly ProviderModels[]> {
    const { usable, broken } = await this.#read();
    const found = await Promise.all([...usable.values()].map((provider) => this.#modelsOf(provider, signal)));
    return [...found, ...[...broken].map(([id, error]) => ({ id, label: id, models: [], error, refused: new Map() }))];
  }

  /** What is known of Tutti's own models without asking any server. */
  async known(signal: AbortSignal): Promise<readonly ProviderModels[]> {
    const own = (await this.providers()).filter(({ vendor }) => vendor.list !== 'vscode');
    return Promise.all(own.map((provider) => this.#modelsOf(provider, signal, 'kept')));
  }

  async #modelsOf(
    provider: Provider,
    signal: AbortSignal,
    wanted: 'fresh' | 'kept' = 'fresh',
  ): Promise<ProviderModels> {
    const [kept, catalog] = await Promise.all([this.#kept(provider), this.#catalog(provider)]);
    const isFresh = kept !== undefined && Date.now() - kept.at < freshMs;
    const isEnough = !provider.vendor.builtIn && (isFresh || wanted === 'kept') && !this.#refusal(provider);
    const answer: ListAnswer = isEnough ? (kept ?? { models: [] }) : await this.refresh(provider, signal);
    const listed: readonly ListedModel[] = 'models' in answer ? answer.models : (kept?.models ?? []);
    const facts = new Map(listed.map((model) => [model.id, model.facts]));
    const ids = new Set([...facts.keys(), ...Object.keys(provider.config.models)]);
    const settings = this.#ports.settings.models();
    const models = [...ids].map((id) =>
      resolveModel(
        provider,
        id,
        { catalog, listed: facts.get(id) },
        readModelSettings(settings, `${provider.id}/${id}`),
      ),
    );
    return {
      id: provider.id,
      label: provider.id === provider.vendor.id ? provider.vendor.label : `${provider.id} (${provider.vendor.label})`,
      models,
      refused: new Map(models.flatMap((model) => this.#refusedEntry(model))),
      ...('error' in answer && { error: answer.error }),
    };
  }

  #read(): Promise<Providers> {
    if (this.#providers) return this.#providers;
    const reading = this.#readProviders();
    this.#providers = reading;
    // What could not be read is tried again.
    reading.catch(() => {
      if (this.#providers === reading) this.#providers = undefined;
    });
    return reading;
  }

  async #readProviders(): Promise<Providers> {
    const vendors = await this.#ports.vendors();
    const setting = readProviders(this.#ports.settings.providers());
    const { policy } = this.#ports;
    const isLocal = policy && ((url: string) => policy.isLocal(url));
    const usable = new Map<string, Provider>();
    const broken = new Map<string, LlmError>();
    const builtIn = vendors.filter((vendor) => vendor.builtIn).map(({ id }) => configOf(id));
    for (const config of [...setting.providers, ...builtIn]) {
      if (usable.has(config.id) || broken.has(config.id)) continue;
      const provider = resolveProvider(config, vendors, isLocal);
      if (isError(provider)) broken.set(config.id, provider);
      else usable.set(config.id, provider);
    }
    return { usable, broken, problems: [...setting.problems, ...[...broken.values()].map((error) => error.message)] };
  }

  async #listed(provider: Provider, id: string): Promise<ModelFacts | undefined> {
    const facts = (await this.#listedFacts(provider)).get(id);
    if (!provider.vendor.builtIn || (facts && !facts.absent)) return facts;
    // A file may have been fetched or chosen since, an extension may have brought its models.
    this.#facts.delete(provider.id);
    return (await this.#listedFacts(provider)).get(id);
  }

  #listedFacts(provider: Provider): Promise<ReadonlyMap<string, ModelFacts>> {
    const known = this.#facts.get(provider.id);
    if (known) return known;
    const loading = this.#loadFacts(provider);
    this.#facts.set(provider.id, loading);
    loading.catch(() => {
      if (this.#facts.get(provider.id) === loading) this.#facts.delete(provider.id);
    });
    return loading;
  }

  async #loadFacts(provider: Provider): Promise<ReadonlyMap<string, ModelFacts>> {
    if (provider.vendor.builtIn) {
      // To ask for models of other extensions wakes them.
      if (this.#refusal(provider)) return new Map();
      const answer = await this.#ports.listModels(provider.endpoint, provider.vendor.list, AbortSignal.timeout(5000));
      return new Map('models' in answer ? answer.models.map((model) => [model.id, model.facts]) : []);
    }
    const kept = await this.#kept(provider);
    return new Map(kept?.models.map((model) => [model.id, model.facts]));
  }

  #catalog({ vendor }: Provider): Promise<ReadonlyMap<string, ModelFacts>> {
    const known = this.#catalogs.get(vendor.id);
    if (known) return known;
    const loading = this.#loadCatalog(vendor.id);
    this.#catalogs.set(vendor.id, loading);
    return loading;
  }

  /** Without the snapshot there are still models, only less is known of them. */
  async #loadCatalog(vendor: string): Promise<ReadonlyMap<string, ModelFacts>> {
    try {
      return await this.#ports.catalog(vendor);
    } catch (error) {
      this.#ports.report(`The snapshot of models cannot be read: ${messageOf(error)}`);
      return new Map();
    }
  }

  /** Without a database there are still models, only less is known of them. */
  async #kept(provider: Provider): ReturnType<ModelLists['load']> {
    try {
      return await this.#lists.load(provider.id, originOf(provider));
    } catch (error) {
      this.#ports.report(`The kept list of models of "${provider.id}" cannot be read: ${messageOf(error)}`);
      return undefined;
    }
  }

  async #keep(provider: Provider, models: readonly ListedModel[]): Promise<void> {
    try {
      await this.#lists.save(provider.id, originOf(provider), models, Date.now());
    } catch (error) {
      this.#ports.report(`The list of models of "${provider.id}" cannot be kept: ${messageOf(error)}`);
    }
  }
}

/** Where a model is and what is known of it there. */
interface Place {
  readonly provider: Provider;
  readonly id: string;
  readonly known: KnownFacts;
}

interface Providers {
  readonly usable: ReadonlyMap<string, Provider>;
  readonly broken: ReadonlyMap<string, LlmError>;
  readonly problems: readonly string[];
}

function configOf(vendor: string): ProviderConfig {
  return { id: vendor, vendor, headers: {}, timeouts: {}, models: {} };
}

function bareModel(id: string): ListedModel {
  return { id, facts: {} };
}

function noModel(message: string): LlmError {
  return { code: 'no-model', message, retryable: false };
}
