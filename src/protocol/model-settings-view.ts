/** Everything the settings panel shows of one model. */
export interface ModelSettingsView {
  readonly model: string;
  readonly label: string;
  readonly provider: string;
  /** Why it cannot serve just now; it can be set up all the same. */
  readonly unavailable?: string;
  readonly rows: readonly SettingView[];
  /** What the model's endpoint refused and is no longer sent, oldest first. */
  readonly learned: readonly LearnedView[];
  readonly preview: PreviewView;
}

/** A setting of `tutti.models`, where the model has a use for it. */
export interface SettingView {
  readonly name: SettingName;
  /** The user's; null = not sent, and of what is known: nothing of his own. */
  readonly value: SettingValue;
  /** What counts as long as the user says nothing else. */
  readonly known?: KnownView;
  /** `none`: it has a value that is never sent to this model. */
  readonly support: 'known' | 'unknown' | 'refused' | 'none';
  /** What the model is known to accept; absent or empty = anything. */
  readonly choices?: readonly string[];
}

export const settingNames = [
  'temperature',
  'topP',
  'maxOutputTokens',
  'reasoningEffort',
  'stop',
  'systemPrompt',
  'extraBody',
  'omit',
  'contextWindow',
  'outputLimit',
  'images',
  'price',
] as const;
export type SettingName = (typeof settingNames)[number];

export type SettingValue = string | number | boolean | readonly string[] | Readonly<Record<string, unknown>> | null;

export interface KnownView {
  readonly value: number | boolean | PriceView;
  /** `provider`: the user's own word where he set up the provider. */
  readonly from: 'catalog' | 'endpoint' | 'provider' | 'local';
  /** Of the catalogue: its day, as `2026-11-10`. */
  readonly day?: string;
}

/** US dollars for a million tokens. */
export interface PriceView {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
}

/** Something learned about the model, e.g. "temperature is not accepted". */
export interface LearnedView {
  readonly id: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** What a message "Hello!" would send just now. Holds no key. */
export type PreviewView =
  | {
      readonly kind: 'http';
      readonly method: string;
      readonly url: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
      /** The bytes as they would leave. */
      readonly body: string;
    }
  /** Asked without a network: what is handed over, as JSON. */
  | { readonly kind: 'inside'; readonly body: string }
  | { readonly kind: 'none'; readonly reason: string };
