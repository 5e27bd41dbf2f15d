import { isObject, type JsonObject } from '../util/json.ts';
import type { ToldError } from './wire-protocol.ts';

/** An `error` field, or an event of that name, in the middle of a reply. */
export function toldErrorIn(payload: JsonObject, event: string | undefined): ToldError | undefined {
  const { error } = payload;
  const isTold = event === 'error' || (typeof error === 'string' && error !== '') || isObject(error);
  return isTold ? { error: payload } : undefined;
}
