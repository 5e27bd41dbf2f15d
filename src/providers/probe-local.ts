import type { Discovery } from '../llm/discovery.ts';
import { discover } from './discover.ts';
import type { Http } from './http.ts';
import { ownVendors } from './own-vendors.ts';

/** Where servers of one's own listen when nobody told them otherwise. */
export const usualPlaces: readonly string[] = ownVendors.flatMap(({ baseUrl }) =>
  baseUrl === undefined ? [] : [baseUrl.replace('//localhost', '//127.0.0.1')],
);

/** What runs on this computer, one answer a place. Only ever called because the user asked. */
export function probeLocal(
  http: Http,
  signal: AbortSignal,
  places: readonly string[] = usualPlaces,
): Promise<readonly Discovery[]> {
  return Promise.all(places.map((place) => discover(http, place, undefined, signal)));
}
