import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ModelFacts, Protocol } from '../llm/model-facts.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import type { StreamFunction } from '../llm/stream-event.ts';
import type { ListedModel, ModelList, SignIn, Vendor } from '../llm/vendor.ts';
import type { SentRequest } from '../llm/wire-observer.ts';
import type { PolicyInForce } from './policy-in-force.ts';
import type { RequestLog } from './request-log.ts';
import type { Role } from './roles.ts';

/** The user's settings as they stand now, unread. Only user-level values: a repository has no say here. */
export interface GatewaySettings {
  providers(): unknown;
  models(): unknown;
  roles(): unknown;
  /** Absent = there is no Auto. */
  auto?(): unknown;
}

export type FoundKey =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'none' }
  /** A key is kept, but for another address; it is not handed out. */
  | { readonly kind: 'other-origin'; readonly origin: string };

export interface KeyStore {
  find(provider: string, origin: string): Promise<FoundKey>;
}

export type ListAnswer = { readonly models: readonly ListedModel[] } | { readonly error: LlmError };

/** What the gateway needs of the rooms it may not see. */
export interface GatewayPorts {
  readonly settings: GatewaySettings;
  readonly keys: KeyStore;
  readonly vendors: () => Promise<readonly Vendor[]>;
  /** Loads a wire protocol on its first use. */
  readonly protocol: (name: Protocol) => Promise<StreamFunction>;
  /** The HTTP request that a protocol makes of a request, unsent; undefined where it needs no network. Absent = nobody asks. */
  readonly written?: (name: Protocol, model: Model, request: Request) => Promise<SentRequest | undefined>;
  readonly listModels: (endpoint: Endpoint, list: ModelList, signal: AbortSignal) => Promise<ListAnswer>;
  /** Tokens a server has really set aside for the model, where it is known to differ from the model's window. */
  readonly runningContext: (model: Model, signal: AbortSignal) => Promise<number | undefined>;
  /** What the snapshot of all vendors' models knows of this vendor's; empty where it knows nothing. */
  readonly catalog: (vendor: string) => Promise<ReadonlyMap<string, ModelFacts>>;
  /** A token of the account the user has signed in with; undefined = nobody is signed in. */
  readonly bearer: (signIn: SignIn) => Promise<string | undefined>;
  /** The model inside that is on disk already and fits the role best; undefined = none is there. */
  readonly embeddedModel: (role: Role) => Promise<ModelRef | undefined>;
  readonly environment: (variable: string) => string | undefined;
  readonly readFile: (path: string) => Promise<string>;
  /** Where every request is entered; absent = nowhere. */
  readonly requestLog?: RequestLog;
  /** What an administrator and the user allow; absent = everything. */
  readonly policy?: PolicyInForce;
  /** Something went wrong that no reply can tell: one sentence for the log. */
  readonly report: (problem: string) => void;
}
