import type { WireHeaders } from '../llm/wire-observer.ts';
import { blot } from './blot-secrets.ts';
import type { LoggedRequest } from './request-log.ts';

/** What curl says by itself, or would say wrongly. */
const ownHeaders: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'accept-encoding']);

/** More than this is no argument of a command on every system. */
const longestArgument = 100_000;

/** The request as a command of a POSIX shell that takes the key from `$KEY`; undefined where nothing left over HTTP. */
export function asCurl({ exchanges }: LoggedRequest): string | undefined {
  const sent = exchanges.at(-1)?.sent;
  if (!sent) return undefined;
  const { method, url, headers, body } = sent;
  const words = ['curl --no-buffer', `--request ${method}`, quoted(url), ...headerLines(headers)];
  if (body === undefined) return words.join(' \\\n  ');
  // No body of JSON has a line that is this.
  if (body.length > longestArgument)
    return `${[...words, "--data-binary @- <<'END_OF_BODY'"].join(' \\\n  ')}\n${body}\nEND_OF_BODY`;
  return [...words, `--data-raw ${singleQuoted(body)}`].join(' \\\n  ');
}

function headerLines(headers: WireHeaders): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => !ownHeaders.has(name))
    .flatMap(([name, value]) => [value].flat().map((each) => `--header ${quoted(`${name}: ${each}`)}`));
}

/** In single quotes nothing means anything to the shell; the key's place has to. */
function quoted(text: string): string {
  if (!text.includes(blot)) return singleQuoted(text);
  return text
    .split(blot)
    .map((part) => (part === '' ? '' : singleQuoted(part)))
    .join(`"${blot}"`);
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
