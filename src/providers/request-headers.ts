import type { Endpoint } from '../llm/endpoint.ts';

type Headers = Readonly<Record<string, string>>;

/** Headers of a request with a JSON body; the user's own win over all others, whatever their letter case. */
export function requestHeaders(endpoint: Endpoint, protocolHeaders: Headers = {}): Headers {
  const headers: Headers = {
    'content-type': 'application/json',
    accept: 'text/event-stream, application/json',
    'accept-encoding': 'identity',
    'user-agent': 'tutti',
    ...keyHeader(endpoint),
    ...protocolHeaders,
  };
  const own = Object.entries(endpoint.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { ...headers, ...Object.fromEntries(own) };
}

function keyHeader({ keyHeader, apiKey }: Endpoint): Headers {
  const key = apiKey?.trim() ?? '';
  if (key === '') return {};
  switch (keyHeader) {
    case 'authorization':
      return { authorization: `Bearer ${key}` };
    case 'x-api-key':
    case 'api-key':
    case 'x-goog-api-key':
      return { [keyHeader]: key };
    case 'none':
      return {};
  }
}
