import * as l10n from '@vscode/l10n';
import type { FoundServer } from '../llm/discovery.ts';
import type { LlmError, LlmErrorCode } from '../llm/llm-error.ts';
import type { Vendor } from '../llm/vendor.ts';
import { whole } from '../util/in-language.ts';
import { isLoopback } from '../util/loopback.ts';
import { wordError } from './wording.ts';

type Explanation = (error: LlmError, address: string) => string;

/** Why nobody was found at an address, for somebody who has just typed it. What is not here is worded as ever. */
const explanations: Readonly<Partial<Record<LlmErrorCode, Explanation>>> = {
  'connection-refused': (_, address) =>
    l10n.t('Nothing listens at {0}. Start the server, or give the port it really has.', placeOf(address)),
  'host-not-found': (_, address) =>
    l10n.t('There is no host "{0}" in this network. Check its spelling, or whether a VPN is missing.', hostOf(address)),
  tls: ({ message }, address) =>
    speaksPlain.test(message)
      ? l10n.t(
          '{0} does not speak TLS. Write http:// instead of https://, or give the port that does.',
          placeOf(address),
        )
      : l10n.t(
          'The certificate of {0} is not trusted: {1} If it is your company’s, name its file as "caFile".',
          hostOf(address),
          message,
        ),
  'connect-timeout': (_, address) => slow(address),
  'first-token-timeout': (_, address) => slow(address),
  'connection-lost': (_, address) =>
    l10n.t('{0} hung up without an answer. Another kind of server may be at this port.', placeOf(address)),
  'not-found': (_, address) =>
    l10n.t(
      'A server answers at {0}, but not at this path. Most APIs begin at /v1; check the path. An older version of the server may not have it.',
      placeOf(address),
    ),
  'not-an-api': ({ message }, address) =>
    l10n.t('What answers at {0} is no model server: {1}', placeOf(address), message),
  loading: (_, address) => l10n.t('{0} is there and still loads its model. Look again in a moment.', placeOf(address)),
  authentication: ({ status }, address) =>
    status === 407
      ? l10n.t(
          'A proxy before {0} wants to know who you are. Set "http.proxy" of VS Code with your name.',
          hostOf(address),
        )
      : l10n.t('{0} refuses the key, or wants one.', placeOf(address)),
};

/** OpenSSL's words for an answer that is no TLS at all. */
const speaksPlain = /wrong version number|EPROTO|packet length too long|record layer/i;

/** `kind`: who is meant to be there; its row knows how it is started. */
export function explainNothing(error: LlmError, address: string, kind?: Vendor): string {
  const explain = explanations[error.code];
  const cause = explain ? explain(error, address) : wordError(error, placeOf(address)).cause;
  return [cause, howToReach(error, address, kind)].filter(Boolean).join(' ');
}

/** After one of these the server may not run, or may listen to its own machine alone. */
const unreached: ReadonlySet<LlmErrorCode> = new Set<LlmErrorCode>(['connection-refused', 'connect-timeout']);

function howToReach({ code }: LlmError, address: string, kind: Vendor | undefined): string {
  if (!unreached.has(code)) return '';
  if (isLoopback(address)) return kind?.startedBy === undefined ? '' : l10n.t('It is started by: {0}', kind.startedBy);
  return kind?.reachedBy === undefined
    ? ''
    : l10n.t('If it runs there, it may listen to its own machine alone. Others reach it after: {0}', kind.reachedBy);
}

const mostNamed = 3;

/** What was found, in one line. */
export function describeServer({ models, problem, baseUrl }: FoundServer): string {
  if (problem?.code === 'not-found') return l10n.t('It has no list: name its models yourself, as provider/model');
  if (problem) return explainNothing(problem, baseUrl);
  if (models.length === 0) return l10n.t('no models yet');
  const names = models.slice(0, mostNamed).map(({ id }) => id);
  const named = [...names, ...(models.length > mostNamed ? ['…'] : [])].join(', ');
  const largest = Math.max(0, ...models.map(({ facts }) => facts.contextWindow ?? 0));
  const tokens = whole(largest);
  if (models.length === 1)
    return largest > 0 ? l10n.t('1 model, up to {0} tokens: {1}', tokens, named) : l10n.t('1 model: {0}', named);
  return largest > 0
    ? l10n.t('{0} models, up to {1} tokens: {2}', models.length, tokens, named)
    : l10n.t('{0} models: {1}', models.length, named);
}

function slow(address: string): string {
  return l10n.t(
    '{0} does not answer. A firewall or proxy may be in between; see "http.proxy" of VS Code.',
    placeOf(address),
  );
}

function placeOf(address: string): string {
  return URL.parse(address)?.host ?? address;
}

function hostOf(address: string): string {
  return URL.parse(address)?.hostname ?? address;
}
