import type { Discovery } from '../llm/discovery.ts';
import type { Vendor } from '../llm/vendor.ts';
import { discover } from './discover.ts';
import type { Http } from './http.ts';
import { ownVendors } from './own-vendors.ts';

/** Where a server may be, and who usually is there. */
export interface Place {
  readonly url: string;
  readonly usual?: Vendor;
}

export interface ProbeOptions {
  /** Other names under which this computer is reached, e.g. from inside a container. */
  readonly alsoAt?: readonly string[];
  /** Places to look at besides the usual ones. */
  readonly besides?: readonly string[];
  /** Stand in for the usual ones. */
  readonly places?: readonly Place[];
}

/** A server at hand answers at once; whoever asked waits no longer than this for all of them. */
const mostMs = 10_000;

/** Where servers of one's own listen when nobody told them otherwise; two kinds at one port are one place. */
export function usualPlaces(alsoAt: readonly string[] = []): readonly Place[] {
  const places = ownVendors.flatMap((usual): readonly Place[] => {
    const { baseUrl, otherPlaces = [] } = usual;
    const others = alsoAt.length > 0 ? otherPlaces : [];
    const hosts = baseUrl === undefined ? [] : ['127.0.0.1', ...alsoAt].map((host) => at(host, baseUrl));
    return [...hosts, ...others].map((url) => ({ url, usual }));
  });
  return places.filter(
    ({ url }, index) => places.findIndex((other) => originOf(other.url) === originOf(url)) === index,
  );
}

/** What runs on this computer, one answer a place. Only ever called because the user asked. */
export function probeLocal(http: Http, signal: AbortSignal, options: ProbeOptions = {}): Promise<readonly Discovery[]> {
  const usual = options.places ?? usualPlaces(options.alsoAt);
  const known = new Set(usual.map(({ url }) => originOf(url)));
  const besides = (options.besides ?? []).filter((url) => !known.has(originOf(url)));
  const places: readonly Place[] = [...usual, ...besides.map((url) => ({ url }))];
  return Promise.all(places.map((place) => probe(http, place, signal)));
}

async function probe(http: Http, { url, usual }: Place, signal: AbortSignal): Promise<Discovery> {
  const inTime = AbortSignal.timeout(mostMs);
  const found = await discover(http, url, undefined, AbortSignal.any([signal, inTime]));
  if (found.kind === 'server') return found;
  const isLate = inTime.aborted && !signal.aborted;
  return {
    ...found,
    ...(usual && { usual }),
    ...(isLate && { error: { ...found.error, code: 'first-token-timeout' as const } }),
  };
}

function at(host: string, baseUrl: string): string {
  const url = new URL(baseUrl);
  url.hostname = host;
  return url.href.replace(/\/$/, '');
}

/** `localhost` is the same place as the address it usually has. */
function originOf(url: string): string {
  return URL.parse(url)?.origin.replace('//localhost', '//127.0.0.1') ?? url;
}
