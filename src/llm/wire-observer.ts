/** Hears what one request does on the wire, as it happens. Hears keys, too: whoever keeps what he heard blots them out. */
export interface WireObserver {
  /** Told again where the request is sent again: after a redirect, or over a new connection. */
  sent(request: SentRequest): void;
  /** The connection stands; `kept` from an earlier request. */
  connected(kept: boolean): void;
  responded(status: number, headers: WireHeaders): void;
}

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: WireHeaders;
  readonly body?: string;
}

export type WireHeaders = Readonly<Record<string, string | readonly string[]>>;
