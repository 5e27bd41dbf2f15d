import type { LlmError } from './llm-error.ts';
import type { ListedModel, Vendor } from './vendor.ts';

/** What was found at an address. */
export type Discovery = FoundServer | FoundNothing;

export interface FoundNothing {
  readonly kind: 'nothing';
  readonly address: string;
  readonly error: LlmError;
  /** Who usually is there. */
  readonly usual?: Vendor;
}

export interface FoundServer {
  readonly kind: 'server';
  /** The row that fits it. */
  readonly vendor: Vendor;
  readonly baseUrl: string;
  /** Empty where it has no list, or shows it to nobody without a key. */
  readonly models: readonly ListedModel[];
  /** Why there is no list. */
  readonly problem?: LlmError;
}
