import type { FoundServer } from '../llm/discovery.ts';
import type { LlmError, LlmErrorCode } from '../llm/llm-error.ts';
import { wordError } from './wording.ts';

type Explanation = (error: LlmError, address: string) => string;

/** Why nobody was found at an address, for somebody who has just typed it. What is not here is worded as ever. */
const explanations: Readonly<Partial<Record<LlmErrorCode, Explanation>>> = {
  'connection-refused': (_, address) =>
    `Nothing listens at ${placeOf(address)}. Start the server, or give the port it really has.`,
  'host-not-found': (_, address) =>
    `There is no host "${hostOf(address)}" in this network. Check its spelling, or whether a VPN is missing.`,
  tls: ({ message }, address) =>
    speaksPlain.test(message)
      ? `${placeOf(address)} does not speak TLS. Write http:// instead of https://, or give the port that does.`
      : `The certificate of ${hostOf(address)} is not trusted: ${message} If it is your company’s, name its file as "caFile".`,
  'connect-timeout': (_, address) => slow(address),
  'first-token-timeout': (_, address) => slow(address),
  'connection-lost': (_, address) =>
    `${placeOf(address)} hung up without an answer. Another kind of server may be at this port.`,
  'not-found': (_, address) =>
    `A server answers at ${placeOf(address)}, but not at this path. Most APIs begin at /v1; check the path.`,
  'not-an-api': ({ message }, address) => `What answers at ${placeOf(address)} is no model server: ${message}`,
  authentication: ({ status }, address) =>
    status === 407
      ? `A proxy before ${hostOf(address)} wants to know who you are. Set "http.proxy" of VS Code with your name.`
      : `${placeOf(address)} refuses the key, or wants one.`,
};

/** OpenSSL's words for an answer that is no TLS at all. */
const speaksPlain = /wrong version number|EPROTO|packet length too long|record layer/i;

export function explainNothing(error: LlmError, address: string): string {
  const explain = explanations[error.code];
  return explain ? explain(error, address) : wordError(error, placeOf(address)).cause;
}

const mostNamed = 3;

/** What was found, in one line. */
export function describeServer({ models, problem, baseUrl }: FoundServer): string {
  if (problem?.code === 'not-found') return 'It has no list: name its models yourself, as provider/model';
  if (problem) return explainNothing(problem, baseUrl);
  if (models.length === 0) return 'no models yet';
  const names = models.slice(0, mostNamed).map(({ id }) => id);
  const more = models.length > mostNamed ? ', …' : '';
  const largest = Math.max(0, ...models.map(({ facts }) => facts.contextWindow ?? 0));
  const window = largest > 0 ? `, up to ${largest.toLocaleString('en')} tokens` : '';
  return `${models.length} ${models.length === 1 ? 'model' : 'models'}${window}: ${names.join(', ')}${more}`;
}

function slow(address: string): string {
  return `${placeOf(address)} does not answer. A firewall or proxy may be in between; see "http.proxy" of VS Code.`;
}

function placeOf(address: string): string {
  return URL.parse(address)?.host ?? address;
}

function hostOf(address: string): string {
  return URL.parse(address)?.hostname ?? address;
}
