import { arrayAt, isObject, type JsonObject, numberAt, objectAt, parseJson, stringAt } from '../util/json.ts';

/** What an error body says, whatever its shape. */
export interface ErrorWords {
  readonly message: string;
  /** The vendor's machine-readable words (`type`, `code`, `status`), for the classifying rules. */
  readonly labels: string;
  /** An HTTP status told inside the body. */
  readonly status?: number;
  readonly parameter?: string;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
}

/** Fields that hold the words, or hold something that does; the first that is there counts. */
const wordFields = [
  ...['message', 'Message', 'msg', 'error', 'detail', 'details', 'errors', 'error_message', 'title'],
] as const;

/** Understands all shapes of error bodies known from vendors; undefined where it holds no words. */
export function errorWords(body: unknown): ErrorWords | undefined {
  const root: unknown = Array.isArray(body) ? body[0] : body;
  if (typeof root === 'string') return root.trim() === '' ? undefined : { message: root.trim(), labels: '' };
  if (!isObject(root)) return undefined;
  const error = objectAt(root, 'error') ?? objectAt(root, 'message') ?? root;
  const message = upstreamMessage(error) ?? messageIn(root);
  if (message === undefined) return undefined;
  const status = statusIn(error) ?? statusIn(root);
  const parameter = stringAt(error, 'param') ?? locationIn(error) ?? parameterIn(message);
  const requestId = stringAt(root, 'request_id') ?? stringAt(error, 'request_id');
  const retryAfterMs = retryDelayIn(error) ?? waitIn(message);
  return {
    message,
    labels: [root, error].flatMap((part) => labelFields.map((field) => stringAt(part, field) ?? '')).join(' '),
    ...(status !== undefined && { status }),
    ...(parameter !== undefined && parameter !== '' && { parameter }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

const labelFields = ['type', 'code', 'status'] as const;

/** Words lie a few levels deep at most; a body nested deeper is no honest error. */
function messageIn(value: unknown, depth = 6): string | undefined {
  if (depth === 0) return undefined;
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (Array.isArray(value)) {
    const words = value.map((member) => messageIn(member, depth - 1)).filter((text) => text !== undefined);
    return words.length === 0 ? undefined : words.join('; ');
  }
  if (!isObject(value)) return undefined;
  for (const field of wordFields) {
    const words = messageIn(value[field], depth - 1);
    if (words !== undefined) return words;
  }
  return undefined;
}

/** A router passes on what the vendor behind it said. */
function upstreamMessage(error: JsonObject): string | undefined {
  const metadata = objectAt(error, 'metadata');
  const raw = stringAt(metadata, 'raw');
  if (raw === undefined) return undefined;
  const words = errorWords(parseJson(raw))?.message ?? messageIn(raw);
  const vendor = stringAt(metadata, 'provider_name');
  return words === undefined || vendor === undefined ? words : `${vendor}: ${words}`;
}

function statusIn(error: JsonObject): number | undefined {
  const candidates = [numberAt(error, 'status_code'), numberAt(error, 'code'), numberAt(error, 'status')];
  return candidates.find((status) => status !== undefined && status >= 400 && status < 600);
}

/** Validators of Python servers name the field by its path: `{loc: ["body", "stream_options", …]}`. */
function locationIn(error: JsonObject): string | undefined {
  const first = arrayAt(error, 'detail')[0];
  const [root, ...path] = arrayAt(first, 'loc');
  const names = root === 'body' ? path : [root, ...path];
  return typeof names[0] === 'string' ? names[0] : undefined;
}

const parameterPatterns: readonly RegExp[] = [
  /\b(?:parameter|argument|property|field|key|input)s?\b[^'"`]{0,30}['"`]([A-Za-z_][\w.[\]]*)['"`]/i,
  /\b(?:argument supplied|not supported on this model|(?:unsupported|unknown|unrecognized) (?:parameter|field|argument)s?): *([A-Za-z_][\w.]*)/i,
  /^['"`]([A-Za-z_]\w*)['"`] (?:is not supported|is unsupported|is deprecated|does not support)/i,
  /doesn['’]t support the ['"`]?([A-Za-z_]\w*)['"`]? (?:field|parameter)/i,
  /does not support parameters? ['"`]?([A-Za-z_]\w*)/i,
  /\bunknown name ['"`]([A-Za-z_]\w*)['"`]/i,
  /\bextraneous key \[([A-Za-z_]\w*)\]/i,
  /^(?!error\b|failed\b|invalid\b)([a-z][a-z_]*(?:\.[a-z0-9_]+)*): /,
];

function parameterIn(message: string): string | undefined {
  return parameterPatterns.map((pattern) => pattern.exec(message)?.[1]).find((name) => name !== undefined);
}

/** Google tells the pause as one of the error's details: `{retryDelay: "34s"}`. */
function retryDelayIn(error: JsonObject): number | undefined {
  const texts = arrayAt(error, 'details').map((detail) => stringAt(detail, 'retryDelay'));
  const seconds = Number.parseFloat(texts.find((text) => text !== undefined) ?? '');
  return Number.isNaN(seconds) ? undefined : seconds * 1000;
}

/** "Please try again in 6m0.5s.", "retry after 6 seconds" */
function waitIn(message: string): number | undefined {
  const match = /(?:try again|retry) (?:in|after) (?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+) ?(ms|s))?/i.exec(message);
  const [, hours, minutes, amount, unit] = match ?? [];
  if (hours === undefined && minutes === undefined && amount === undefined) return undefined;
  const rest = Number(amount ?? 0) * (unit === 'ms' ? 1 : 1000);
  return Math.ceil(Number(hours ?? 0) * 3_600_000 + Number(minutes ?? 0) * 60_000 + rest);
}
