/** One event of a stream. At least one of `data`, `error` and `malformed` is there. */
export interface ReadEvent {
  readonly event?: string | undefined;
  readonly data?: string | undefined;
  /** The server tells of a failure beside all data. */
  readonly error?: string | undefined;
  /** What makes the rest of the stream unreadable. */
  readonly malformed?: string | undefined;
}

/** Finds the events in bytes cut anywhere. Never throws. */
export interface EventReader {
  /** The events that `bytes` completes. */
  push(bytes: Uint8Array): readonly ReadEvent[];
  /** The event that the end of the stream cut off, if there is one. */
  end(): ReadEvent | undefined;
}
