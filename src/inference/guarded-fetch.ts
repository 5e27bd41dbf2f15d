const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const mostHops = 10;

/** A `fetch` that asks before every hop whether it may go there; `refused` gives the reason why not. The only one in this room. */
export function guardedFetch(
  refused: (url: string) => string | undefined = () => undefined,
  plain: typeof fetch = fetch,
): typeof fetch {
  return async (input, init) => {
    let url = input instanceof Request ? input.url : String(input);
    for (let hop = 0; hop <= mostHops; hop++) {
      const reason = refused(url);
      if (reason !== undefined) throw new Error(reason);
      const response = await plain(url, { ...init, redirect: 'manual' });
      const location = response.headers.get('location');
      if (!redirects.has(response.status) || location === null) return response;
      await response.body?.cancel();
      url = new URL(location, url).href;
    }
    throw new Error(`Too many redirects, the last to ${url}.`);
  };
}
