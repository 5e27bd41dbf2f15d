/** Why a request failed. A value, not an exception: it travels in the terminal event of a stream. */
export interface LlmError {
  readonly code: LlmErrorCode;
  /** The vendor's own words, or what the machine said; never a key. */
  readonly message: string;
  readonly retryable: boolean;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** How long the server asked to be left alone. */
  readonly retryAfterMs?: number;
  /** The same as a time of day, for people: milliseconds since 1970. */
  readonly retryAt?: number;
  readonly requestId?: string;
  /** The body field a 400 complains about. */
  readonly parameter?: string;
  /** Without query and key. */
  readonly url?: string;
}

export type LlmErrorCode =
  | 'authentication'
  | 'permission'
  | 'not-found'
  /** The server could have the model, and has not fetched it. */
  | 'not-pulled'
  | 'invalid-request'
  | 'context-overflow'
  | 'rate-limit'
  | 'quota'
  | 'overloaded'
  /** The server is there, and still reads the model into its memory. */
  | 'loading'
  /** The model does not fit into the server's memory. */
  | 'out-of-memory'
  | 'server'
  | 'content-filter'
  | 'connection-refused'
  | 'host-not-found'
  | 'tls'
  | 'connection-lost'
  | 'connect-timeout'
  | 'first-token-timeout'
  | 'idle-timeout'
  | 'stream-cut'
  | 'malformed-response'
  | 'not-an-api'
  | 'empty-response'
  | 'unsupported'
  | 'no-model'
  | 'no-key'
  | 'model-file'
  | 'model-crashed'
  /** A gate refused before anything left; the message holds the whole cause. */
  | 'budget'
  | 'privacy'
  | 'policy'
  | 'internal';
