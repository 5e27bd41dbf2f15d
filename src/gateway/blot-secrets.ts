import type { Endpoint } from '../llm/endpoint.ts';
import type { WireHeaders } from '../llm/wire-observer.ts';

/** Stands where a key was; a shell puts the user's own in its place. */
export const blot = '$KEY';

/** What is shorter is no secret, and blotting it out would eat ordinary words. */
const shortestSecret = 6;

const secretName = /auth|key|token|secret|passw|cookie|credential|session|signature|\bsig\b|jwt|csrf/i;

/** Headers whose names say that their values tell of the program, not of the user. */
const openHeaders: ReadonlySet<string> = new Set([
  ...['accept', 'accept-encoding', 'content-type', 'user-agent', 'http-referer', 'referer', 'x-title'],
  ...['anthropic-version', 'anthropic-beta', 'openai-beta'],
]);

/** The key of an endpoint and whatever else is secret in the headers its owner gave it. */
export function secretsOf({ apiKey, headers }: Endpoint): readonly string[] {
  const own = Object.entries(headers).filter(([name]) => !openHeaders.has(name.toLowerCase()));
  // A header's secret comes after a word such as "Bearer".
  const words = [apiKey?.trim() ?? '', ...own.flatMap(([, value]) => value.split(/\s+/))];
  const secrets = words.filter((word) => word.length >= shortestSecret);
  // The longest first: one may be the beginning of another.
  return [...new Set(secrets.flatMap(writtenForms))].toSorted((a, b) => b.length - a.length);
}

/** As it stands in a header, in JSON and in a URL. */
function writtenForms(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
}

/** The text without the secrets. */
export function blotted(text: string, secrets: readonly string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, () => blot), text);
}

/** The headers without the secrets, and without the values whose names say that they are such. */
export function blottedHeaders(headers: WireHeaders, secrets: readonly string[]): WireHeaders {
  const one = (name: string, value: string): string =>
    isSecretName(name)
      ? value.replace(/^(\w+ )?.*$/s, (_, scheme: string = '') => scheme + blot)
      : blotted(value, secrets);
  const entries = Object.entries(headers).map(([name, value]) => {
    return [name, typeof value === 'string' ? one(name, value) : value.map((each) => one(name, each))] as const;
  });
  return Object.fromEntries(entries);
}

/** Counts of tokens that are left are no tokens. */
function isSecretName(name: string): boolean {
  return secretName.test(name) && !/ratelimit|rate-limit|-tokens\b/i.test(name);
}

/** The URL without user name and password, and without the values of its query that are secret. */
export function blottedUrl(url: string, secrets: readonly string[]): string {
  const parsed = URL.parse(url);
  if (parsed === null) return blotted(url, secrets);
  if (parsed.username !== '') parsed.username = blot;
  if (parsed.password !== '') parsed.password = blot;
  for (const name of new Set(parsed.searchParams.keys())) {
    if (secretName.test(name)) parsed.searchParams.set(name, blot);
  }
  return blotted(
    parsed.href.replaceAll('%24KEY', () => blot),
    secrets,
  );
}
