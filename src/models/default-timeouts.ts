import type { Timeouts } from '../llm/endpoint.ts';

/** A vendor's cloud that is silent this long is broken. */
const cloud: Timeouts = { connectMs: 10_000, firstTokenMs: 120_000, idleMs: 60_000 };

/** A local model may read a long prompt for many minutes before its first token. */
const local: Timeouts = { connectMs: 5_000, firstTokenMs: 30 * 60_000, idleMs: 10 * 60_000 };

export function defaultTimeouts(isLocal: boolean): Timeouts {
  return isLocal ? local : cloud;
}
