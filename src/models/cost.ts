import type { Price } from '../llm/model-facts.ts';
import { type Usage, writtenTokens } from '../llm/stream-event.ts';

/** US dollars of one request. Cached input without a price of its own counts as input: better too much than too little. */
export function costOf(usage: Usage, price: Price): number {
  const cached = usage.cached ?? 0;
  const written = usage.cacheWrite ?? 0;
  const fresh = Math.max(0, usage.input - cached - written);
  const perMillion =
    fresh * price.input +
    cached * (price.cachedInput ?? price.input) +
    written * (price.cacheWrite ?? price.input) +
    writtenTokens(usage) * price.output;
  return perMillion / 1_000_000;
}
