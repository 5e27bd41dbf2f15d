import type { Quirks } from './quirks.ts';
import type { KeyHeader } from './vendor.ts';
import type { WireObserver } from './wire-observer.ts';

/** Milliseconds; 0 = wait for ever. */
export interface Timeouts {
  /** Until the connection stands (TCP and TLS). */
  readonly connectMs: number;
  /** From the request's last byte until the first token. */
  readonly firstTokenMs: number;
  /** Between two pieces of a stream. */
  readonly idleMs: number;
}

/** One configured account or server, ready to be spoken to. Lives for one request; its key is written nowhere. */
export interface Endpoint {
  readonly provider: string;
  readonly vendor: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly keyHeader: KeyHeader;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeouts: Timeouts;
  /** PEM text of certificates trusted besides the system's. */
  readonly ca?: string;
  readonly quirks: Quirks;
  /** This machine, or a host the user called his own: what is sent there stays with him. */
  readonly local: boolean;
  /** Somebody's own server of a kind that nobody bills for, wherever it stands. */
  readonly selfHosted?: boolean;
  /** How long its models are to stay in memory after a request, where the server takes it from the request. */
  readonly keepAlive?: string | number;
  /** Watches what this request does on the wire. */
  readonly observer?: WireObserver;
}
