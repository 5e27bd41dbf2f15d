import type { LlmError, LlmErrorCode } from '../llm/llm-error.ts';
import { stringAt } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';

interface Cause {
  readonly code: LlmErrorCode;
  readonly retryable: boolean;
  /** Against the machine's error code. */
  readonly matches: RegExp;
}

/** What the machine calls it → what it means. First match wins. */
const causes: readonly Cause[] = [
  { matches: /^ECONNREFUSED$/, code: 'connection-refused', retryable: false },
  { matches: /^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/, code: 'connection-refused', retryable: false },
  { matches: /^EAI_AGAIN$/, code: 'host-not-found', retryable: true },
  { matches: /^(ENOTFOUND|EAI_)/, code: 'host-not-found', retryable: false },
  { matches: /^(ECONNRESET|ECONNABORTED|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/, code: 'connection-lost', retryable: true },
  { matches: /^ETIMEDOUT$/, code: 'connect-timeout', retryable: true },
  {
    matches: /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/,
    code: 'tls',
    retryable: false,
  },
  { matches: /^(INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)$/, code: 'tls', retryable: false },
  { matches: /^(HPE_|ERR_HTTP_)/, code: 'not-an-api', retryable: false },
  { matches: /^(ERR_INVALID_|ERR_UNESCAPED_)/, code: 'invalid-request', retryable: false },
  { matches: /^(Z_|ERR_)/, code: 'malformed-response', retryable: true },
];

/** Why no answer came, from the error Node's sockets gave. `issuer` = who signed the certificate that was shown. */
export function connectionError(error: unknown, url: string, issuer?: string): LlmError {
  const systemCode = systemCodeOf(error);
  const cause = causes.find((row) => row.matches.test(systemCode));
  const code = cause?.code ?? 'connection-lost';
  const signedBy = code === 'tls' && issuer !== undefined ? ` The certificate was issued by ${issuer}.` : '';
  return { code, message: `${describe(error, systemCode)}${signedBy}`, retryable: cause?.retryable ?? true, url };
}

/** Trying several addresses of one host gives an AggregateError; its first member says why. */
function systemCodeOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return stringAt(error, 'code') ?? stringAt(first, 'code') ?? '';
}

function describe(error: unknown, systemCode: string): string {
  const message = messageOf(error instanceof AggregateError && error.message === '' ? error.errors[0] : error);
  return message.includes(systemCode) ? message : `${message} (${systemCode})`;
}
