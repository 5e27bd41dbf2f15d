import type { Discovery } from '../llm/discovery.ts';
import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError, LlmErrorCode } from '../llm/llm-error.ts';
import type { Vendor } from '../llm/vendor.ts';
import { defaultAnthropicVersion } from './anthropic-messages.ts';
import { anthropicUrl, openaiUrl } from './base-url.ts';
import type { Http } from './http.ts';
import { type AskForJson, entriesOf } from './list-entries.ts';
import { askWith, listModels } from './list-models.ts';
import { RequestFailed } from './request-failed.ts';
import { withoutSecrets } from './secrets.ts';
import { listMarks, serverMarks } from './server-marks.ts';
import { findVendor, vendors } from './vendors.ts';

interface Pasted {
  readonly http: Http;
  readonly address: string;
  readonly key: string | undefined;
  readonly signal: AbortSignal;
  readonly guess: Vendor | undefined;
}

/**
 * Who answers at an address that somebody pasted, and with which models. Nothing is asked that costs anything, and the
 * key goes nowhere but below the address. `guess` is the row for a server that shows nothing of its own but a list.
 * Never throws; an abort is told as an error.
 */
export async function discover(
  http: Http,
  address: string,
  key: string | undefined,
  signal: AbortSignal,
  guess?: Vendor,
): Promise<Discovery> {
  const pasted: Pasted = { http, address: address.trim(), key, signal, guess };
  const found = await search(pasted);
  if (!('code' in found)) return found;
  return { kind: 'nothing', address: pasted.address, error: withoutSecrets(found, endpointAt(pasted, pasted.address)) };
}

async function search(pasted: Pasted): Promise<Discovery | LlmError> {
  const { address } = pasted;
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? '')) return ownError('This is no http(s) address.');
  const known = vendorAt(address);
  if (known) return serverOf(pasted, known, known.baseUrl ?? address);
  const list = await firstList(pasted);
  if ('code' in list && unreachable.has(list.code)) return list;
  const marked = await markedServer(pasted);
  const baseUrl = 'code' in list ? new URL(address).origin : list.baseUrl;
  if (marked) return serverOf(pasted, marked, baseUrl);
  if (!('code' in list)) return serverOf(pasted, list.vendor, baseUrl);
  const door = await openDoor(pasted);
  return door ? { kind: 'server', vendor: door, baseUrl: address, models: [], problem: list } : list;
}

/** After one of these there is nobody to ask anything else. */
const unreachable: ReadonlySet<LlmErrorCode> = new Set<LlmErrorCode>([
  'connection-refused',
  'host-not-found',
  'tls',
  'connection-lost',
  'connect-timeout',
  'first-token-timeout',
  'policy',
]);

/** A vendor of the table that lives at this host; its row knows better than any question. */
function vendorAt(address: string): Vendor | undefined {
  const { host } = new URL(address);
  return vendors.find((row) => !row.local && row.baseUrl !== undefined && new URL(row.baseUrl).host === host);
}

async function serverOf(pasted: Pasted, vendor: Vendor, base: string): Promise<Discovery> {
  // A row whose own base has no path has its protocols side by side below the origin.
  const standsAlone = vendor.baseUrl !== undefined && new URL(vendor.baseUrl).pathname === '/';
  const baseUrl = standsAlone ? new URL(base).origin : base;
  const endpoint = { ...endpointAt(pasted, baseUrl), keyHeader: vendor.keyHeader, quirks: vendor.quirks, headers: {} };
  const answer = await listModels(pasted.http, endpoint, vendor.list, pasted.signal);
  const found = { kind: 'server', vendor, baseUrl } as const;
  return 'models' in answer ? { ...found, ...answer } : { ...found, models: [], problem: answer.error };
}

interface List {
  readonly baseUrl: string;
  readonly vendor: Vendor;
}

/** The first place where a list of models is; else why the most likely one has none. */
async function firstList(pasted: Pasted): Promise<List | LlmError> {
  let failure: LlmError | undefined;
  for (const baseUrl of basesOf(pasted.address)) {
    const answer = await orError(async () => {
      const url = openaiUrl(baseUrl, 'models');
      const entries = entriesOf(await askAt(pasted, baseUrl)(url), url, 'data', 'models');
      const mark = listMarks.find(({ shows }) => entries.some(shows));
      const vendor = findVendor(mark?.vendor ?? pasted.guess?.id ?? 'openai-compatible');
      return vendor ? { baseUrl, vendor } : ownError('The list is of no known form.');
    });
    if (!('code' in answer)) return answer;
    // A refusal says more than that there is nothing.
    if (failure === undefined || refusals.has(answer.code)) failure = answer;
    if (unreachable.has(answer.code)) break;
  }
  return failure ?? ownError('This address cannot be asked.');
}

const refusals: ReadonlySet<LlmErrorCode> = new Set<LlmErrorCode>(['authentication', 'permission']);

/** Where the API may begin: as pasted, one level below, or where most servers have it. */
function basesOf(address: string): readonly string[] {
  const url = new URL(openaiUrl(address, 'models'));
  const pasted = url.pathname.slice(0, -'/models'.length);
  const paths = [pasted, `${pasted.replace(/\/v1$/, '')}/v1`, '/v1'];
  return [...new Set(paths)].map((path) => {
    url.pathname = path;
    return url.href;
  });
}

/** Asked without the key: these places are not below the address. */
async function markedServer(pasted: Pasted): Promise<Vendor | undefined> {
  const endpoint = endpointAt({ ...pasted, key: undefined }, pasted.address);
  const timeouts = { ...endpoint.timeouts, firstTokenMs: markMs };
  const ask = askWith(pasted.http, { ...endpoint, timeouts }, pasted.signal);
  const marks = await Promise.all(
    serverMarks.map(async ({ vendor, path, shows }) => {
      const answer = await orError(async () => ({ shows: shows(await ask(new URL(path, pasted.address).href)) }));
      return 'shows' in answer && answer.shows ? [vendor] : [];
    }),
  );
  return findVendor(marks.flat()[0] ?? '');
}

/** A server that has such a place has it at hand. */
const markMs = 2000;

/** Who has no list may still take requests: an empty one is refused, but not as something unheard of. */
async function openDoor(pasted: Pasted): Promise<Vendor | undefined> {
  const isGuess = (vendor: string): number => (vendor === pasted.guess?.id ? 0 : 1);
  for (const { vendor, urlOf } of doors.toSorted((a, b) => isGuess(a.vendor) - isGuess(b.vendor))) {
    const answer = await orError(async () => ({
      json: await askAt(pasted, pasted.address)(urlOf(pasted.address), { body: {} }),
    }));
    const isThere = 'code' in answer ? answer.status !== 405 && !closed.has(answer.code) : answer.json !== undefined;
    if (isThere) return findVendor(vendor);
  }
  return undefined;
}

const doors = [
  { vendor: 'openai-compatible', urlOf: (address: string) => openaiUrl(address, 'chat/completions') },
  { vendor: 'anthropic-compatible', urlOf: (address: string) => anthropicUrl(address, 'messages') },
] as const;

const closed: ReadonlySet<LlmErrorCode> = new Set<LlmErrorCode>([
  ...unreachable,
  'not-found',
  'not-an-api',
  'internal',
]);

function askAt(pasted: Pasted, baseUrl: string): AskForJson {
  return askWith(pasted.http, endpointAt(pasted, baseUrl), pasted.signal);
}

/** Whoever it is finds the key in the header it knows. */
function endpointAt({ key }: Pasted, baseUrl: string): Endpoint {
  const hasKey = key !== undefined && key !== '';
  return {
    provider: 'discovery',
    vendor: 'openai-compatible',
    baseUrl,
    ...(hasKey && { apiKey: key }),
    keyHeader: 'authorization',
    headers: { 'anthropic-version': defaultAnthropicVersion, ...(hasKey && { 'x-api-key': key }) },
    // Somebody waits in front of the screen.
    timeouts: { connectMs: 4000, firstTokenMs: 8000, idleMs: 8000 },
    quirks: {},
    local: false,
  };
}

async function orError<T extends object>(attempt: () => Promise<T>): Promise<T | LlmError> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof RequestFailed) return error.error;
    throw error;
  }
}

function ownError(message: string): LlmError {
  return { code: 'not-an-api', message, retryable: false };
}
