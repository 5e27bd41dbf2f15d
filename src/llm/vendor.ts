import type { ChatProtocol, CompletionProtocol, FimForm, ModelFacts, Protocol } from './model-facts.ts';
import type { Quirks } from './quirks.ts';

/** One row of the vendor table: everything that sets a vendor apart, as data. */
export interface Vendor {
  readonly id: string;
  readonly label: string;
  /** Absent: the user has to give one, that looks like `exampleUrl`. */
  readonly baseUrl?: string;
  readonly exampleUrl?: string;
  /** Understands the forms of the address that people paste; absent = it is taken as it is. */
  readonly readAddress?: (pasted: string) => Address;
  readonly chat?: ChatProtocol;
  readonly completion?: CompletionProtocol;
  /** What is different where a model is spoken to over another protocol than the row's own. */
  readonly wires?: Readonly<Partial<Record<Protocol, Wire>>>;
  /** How its models take a completion unless a model's facts say otherwise. */
  readonly fim?: FimForm;
  /** `none`: no key is ever asked for; `optional`: asked, may stay empty. */
  readonly key: 'required' | 'optional' | 'none';
  readonly keyHeader: KeyHeader;
  /** Environment variable the vendor's own tools read the key from. */
  readonly keyVariable?: string;
  /** May be used instead of a key. */
  readonly signIn?: SignIn;
  /** Sent with every request; the user's own go over them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly list: ModelList;
  readonly quirks: Quirks;
  /** There for everyone without being set up; its models are looked up each time. */
  readonly builtIn?: boolean;
  /** Runs on the user's own machine by default: long timeouts, no price. */
  readonly local: boolean;
  /** Where a server of this kind also is, seen from inside a container. */
  readonly otherPlaces?: readonly string[];
  /** The command that starts it, and the one after which other machines reach it as well. */
  readonly startedBy?: string;
  readonly reachedBy?: string;
  /** Fetches models itself when it is told to; by which protocol. */
  readonly pulls?: 'ollama';
  readonly documentation: string;
}

/** Another protocol at the same vendor; what is absent is as in the row. */
export interface Wire {
  /** Path of its base, from the origin on. */
  readonly path?: string;
  readonly keyHeader?: KeyHeader;
  readonly quirks?: Quirks;
}

/** What an address says once it is understood. */
export interface Address {
  readonly baseUrl: string;
  readonly chat?: ChatProtocol;
  /** A model that the address itself names. */
  readonly model?: string;
}

/** `authorization` carries it as a bearer's. */
export type KeyHeader = 'authorization' | 'x-api-key' | 'api-key' | 'x-goog-api-key' | 'none';

/** Where the user's account with a company stands in for a key. */
export interface SignIn {
  /** VS Code's id of who signs in. */
  readonly provider: string;
  readonly scopes: readonly string[];
}

/** Which reader understands the endpoint's list of models; `catalog` = it has none, the snapshot stands in for it. */
export type ModelList = HttpList | 'catalog' | 'vscode' | 'embedded';
export type HttpList =
  | 'openai'
  | 'anthropic'
  | 'gemini'
  | 'xai'
  | 'azure'
  | 'litellm'
  | 'ollama'
  | 'lmstudio'
  | 'llamacpp'
  | 'docker';

/** A model as an endpoint's own list names it. */
export interface ListedModel {
  readonly id: string;
  readonly facts: ModelFacts;
}
