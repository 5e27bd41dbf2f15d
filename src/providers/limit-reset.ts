import type { IncomingHttpHeaders } from 'node:http';

/** How vendors name what is left of a limit, and when there is more again. */
const limits: readonly { readonly remaining: RegExp; readonly reset: (of: string) => string }[] = [
  // OpenAI, Groq and those who imitate them; OpenRouter without a name behind it.
  {
    remaining: /^(?:llm_provider-)?x-ratelimit-remaining(?:-[a-z-]+)?$/,
    reset: (of) => of.replace('-remaining', '-reset'),
  },
  {
    remaining: /^(?:llm_provider-)?anthropic-ratelimit-[a-z-]+-remaining$/,
    reset: (of) => of.replace(/-remaining$/, '-reset'),
  },
];

/** Milliseconds until every limit that is used up has something again; undefined = none is said to be. */
export function untilReset(headers: IncomingHttpHeaders, now = Date.now()): number | undefined {
  const waits = limits.flatMap(({ remaining, reset }) =>
    Object.keys(headers)
      .filter((name) => remaining.test(name) && Number(headerText(headers[name]) || Number.NaN) <= 0)
      .map((name) => waitUntil(headerText(headers[reset(name)]) ?? '', now))
      .filter((wait) => wait !== undefined),
  );
  return waits.length === 0 ? undefined : Math.max(0, ...waits);
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** A number above it is a time, not a pause: milliseconds, or seconds, since 1970. */
const leastTimeMs = 1e12;
const leastTimeSeconds = 1e9;

/** `6m0s`, `17ms` and `2.5`, a date, or the time as a number. */
function waitUntil(text: string, now: number): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const number = Number(text);
    if (number >= leastTimeMs) return number - now;
    return number >= leastTimeSeconds ? number * 1000 - now : number * 1000;
  }
  if (/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text))
    return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)].reduce(
      (sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0),
      0,
    );
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at - now;
}

/** The one value of a header, or its first. */
export function headerText(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}
