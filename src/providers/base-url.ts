/** Ends of URLs that people paste whole, longest first; they say where the API begins. */
const pastedEndings = ['/chat/completions', '/completions', '/responses', '/messages', '/models', '/infill'] as const;

/**
 * The URL of `path` below an OpenAI-shaped base. Lenient: slashes at the end, a pasted full path, a base without any
 * path (then `/v1`). A `path` that begins with `/` starts at the origin. The base's query is kept.
 */
export function openaiUrl(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  const root = withoutPastedEnding(url.pathname);
  url.pathname = path.startsWith('/') ? path : `${root === '' ? '/v1' : root}/${path}`;
  return url.href;
}

/** The URL of `path` (`messages`, `models`) below an Anthropic-shaped base, whose `/v1` may be given or not. */
export function anthropicUrl(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  url.pathname = `${withoutVersion(withoutPastedEnding(url.pathname))}/v1/${path}`;
  return url.href;
}

/** The URL of llama.cpp's own `path`, which stands beside `/v1`. */
export function llamacppUrl(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  url.pathname = `${withoutVersion(withoutPastedEnding(url.pathname))}/${path}`;
  return url.href;
}

/** The URL of Ollama's own `path` (`chat`, `generate`), which stands below `/api` whatever else was pasted. */
export function ollamaUrl(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  const root = withoutVersion(withoutPastedEnding(url.pathname)).replace(/\/api(?:\/(?:chat|generate|tags))?$/, '');
  url.pathname = `${root}/api/${path}`;
  return url.href;
}

/** The URL of a Gemini model's `method`, answered as server-sent events; a base without any path is `/v1beta`. */
export function geminiUrl(baseUrl: string, model: string, method: string): string {
  const url = new URL(baseUrl);
  const root = withoutPastedEnding(url.pathname).replace(/\/models\/.*$|\/openai$/, '');
  // Lists give the name with its folder, people without.
  url.pathname = `${root === '' ? '/v1beta' : root}/${model.includes('/') ? model : `models/${model}`}:${method}`;
  url.searchParams.set('alt', 'sse');
  return url.href;
}

/** The URL of an `action` on a Bedrock model, whose id may be a path of its own. */
export function bedrockUrl(baseUrl: string, model: string, action: string): string {
  const url = new URL(baseUrl);
  const root = withoutVersion(withoutPastedEnding(url.pathname)).replace(/\/openai$/, '');
  url.pathname = `${root}/model/${encodeURIComponent(model)}/${action}`;
  return url.href;
}

/** What may be shown of a URL: neither query nor user name nor password. */
export function shownUrl(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? '(no URL)' : parsed.origin + parsed.pathname;
}

function withoutPastedEnding(pathname: string): string {
  const path = pathname.replace(/\/+$/, '');
  const ending = pastedEndings.find((candidate) => path.endsWith(candidate));
  return ending === undefined ? path : path.slice(0, -ending.length);
}

function withoutVersion(path: string): string {
  return path.endsWith('/v1') ? path.slice(0, -'/v1'.length) : path;
}
