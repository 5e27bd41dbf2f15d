import { describe, expect, it } from 'vitest';
import type { LlmError } from '../../src/llm/llm-error.ts';
import { httpError, pageError, toldError } from '../../src/providers/http-error.ts';
import { bytesOf, haveRecordings, recordings } from './recordings.ts';

interface Case {
  readonly name: string;
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error: Partial<LlmError>;
}

const url = 'https://api.example/v1/chat/completions';

const cases: readonly Case[] = [
  {
    name: 'OpenAI: unsupported parameter',
    status: 400,
    body: {
      error: { message: "Unsupported parameter: 'stop'", type: 'invalid_request_error', param: 'stop', code: 'x' },
    },
    error: { code: 'invalid-request', parameter: 'stop', message: "Unsupported parameter: 'stop'", retryable: false },
  },
  {
    name: 'OpenAI: a parameter named only in the words',
    status: 400,
    body: { error: { message: 'Unrecognized request argument supplied: reasoning_effort', param: null } },
    error: { code: 'invalid-request', parameter: 'reasoning_effort' },
  },
  {
    name: 'Groq: a parameter in quotes',
    status: 400,
    body: { error: { message: "'temperature' is not supported with this model", type: 'invalid_request_error' } },
    error: { code: 'invalid-request', parameter: 'temperature' },
  },
  {
    name: 'xAI: a parameter after the colon',
    status: 400,
    body: { code: 'Client specified an invalid argument', error: 'Argument not supported on this model: stop' },
    error: { code: 'invalid-request', parameter: 'stop' },
  },
  {
    name: 'Anthropic: a parameter before the colon',
    status: 400,
    body: {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'max_tokens: 99999 > 8192' },
      request_id: 'req_1',
    },
    error: { code: 'invalid-request', parameter: 'max_tokens', requestId: 'req_1' },
  },
  {
    name: 'Mistral: the path of the field',
    status: 422,
    body: {
      object: 'error',
      message: {
        detail: [{ type: 'extra_forbidden', loc: ['body', 'stream_options', 'include_usage'], msg: 'Extra inputs' }],
      },
      type: 'invalid_request_error',
    },
    error: { code: 'invalid-request', parameter: 'stream_options', message: 'Extra inputs' },
  },
  {
    name: 'FastAPI: a list of details',
    status: 422,
    body: {
      detail: [
        { loc: ['body', 'messages'], msg: 'field required' },
        { loc: ['body', 'model'], msg: 'too short' },
      ],
    },
    error: { code: 'invalid-request', parameter: 'messages', message: 'field required; too short' },
  },
  {
    name: 'a plain detail',
    status: 404,
    body: { detail: 'Not Found' },
    error: { code: 'not-found', message: 'Not Found' },
  },
  {
    name: 'Google, in a list',
    status: 429,
    body: [
      {
        error: {
          code: 429,
          message: 'You exceeded your current quota',
          status: 'RESOURCE_EXHAUSTED',
          details: [{ retryDelay: '34.5s' }],
        },
      },
    ],
    error: { code: 'rate-limit', retryable: true, retryAfterMs: 34_500 },
  },
  {
    name: 'OpenAI: money used up',
    status: 429,
    body: {
      error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' },
    },
    error: { code: 'quota', retryable: false },
  },
  {
    name: 'OpenRouter: no credits',
    status: 402,
    body: { error: { message: 'Insufficient credits', code: 402 } },
    error: { code: 'quota' },
  },
  {
    name: 'Anthropic: no credit',
    status: 400,
    body: { type: 'error', error: { type: 'invalid_request_error', message: 'Your credit balance is too low' } },
    error: { code: 'quota' },
  },
  {
    name: 'a request limit in words only',
    status: 429,
    body: { error: { message: 'Rate limit reached. Please try again in 1m2.5s.', type: 'tokens' } },
    error: { code: 'rate-limit', retryAfterMs: 62_500 },
  },
  {
    name: 'a prompt too large for the tokens of a minute',
    status: 413,
    body: { error: { message: 'Request too large: Limit 6000 tokens per minute (TPM)', code: 'rate_limit_exceeded' } },
    error: { code: 'rate-limit' },
  },
  {
    name: 'Retry-After in seconds',
    status: 429,
    body: '',
    headers: { 'retry-after': '7' },
    error: { code: 'rate-limit', retryAfterMs: 7000, retryable: true },
  },
  {
    name: 'LiteLLM: what the server behind it said',
    status: 503,
    body: { error: { message: 'overloaded' } },
    headers: { 'llm_provider-retry-after': '2' },
    error: { code: 'overloaded', retryAfterMs: 2000 },
  },
  {
    name: 'LiteLLM: without a database it knows no key but its own',
    status: 400,
    body: { error: { message: 'No connected db.', type: 'no_db_connection', param: null, code: '400' } },
    error: { code: 'authentication', retryable: false },
  },
  {
    name: 'retry-after-ms',
    status: 429,
    body: '',
    headers: { 'retry-after-ms': '1500', 'retry-after': '1' },
    error: { retryAfterMs: 1500 },
  },
  {
    name: 'a Retry-After that has passed',
    status: 503,
    body: '',
    headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' },
    error: { code: 'overloaded', retryAfterMs: 0 },
  },
  {
    name: 'x-should-retry: false',
    status: 500,
    body: {},
    headers: { 'x-should-retry': 'false' },
    error: { code: 'server', retryable: false },
  },
  {
    name: 'x-should-retry: true',
    status: 409,
    body: {},
    headers: { 'x-should-retry': 'true' },
    error: { code: 'server', retryable: true },
  },
  {
    name: 'a request id in the headers',
    status: 500,
    body: {},
    headers: { 'x-request-id': 'req_h' },
    error: { requestId: 'req_h' },
  },
  {
    name: 'OpenAI: context',
    status: 400,
    body: {
      error: {
        message: "This model's maximum context length is 8192 tokens.",
        code: 'context_length_exceeded',
        param: 'messages',
      },
    },
    error: { code: 'context-overflow' },
  },
  {
    name: 'Anthropic: context',
    status: 400,
    body: {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' },
    },
    error: { code: 'context-overflow' },
  },
  {
    name: 'Google: context',
    status: 400,
    body: {
      error: { code: 400, message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).' },
    },
    error: { code: 'context-overflow' },
  },
  {
    name: 'too much output is not too much input',
    status: 400,
    body: {
      error: {
        message: 'max_tokens is too large: 100000. This model supports at most 16384 completion tokens',
        param: 'max_tokens',
      },
    },
    error: { code: 'invalid-request', parameter: 'max_tokens' },
  },
  {
    name: 'Ollama: no insert',
    status: 400,
    body: { error: 'registry.ollama.ai/library/llama3:latest does not support insert' },
    error: { code: 'unsupported' },
  },
  {
    name: 'llama.cpp: no infill',
    status: 501,
    body: { error: { code: 501, message: 'Infill is not supported by this model', type: 'not_supported_error' } },
    error: { code: 'unsupported' },
  },
  {
    name: 'llama.cpp: still loading',
    status: 503,
    body: { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    error: { code: 'loading', retryable: true },
  },
  {
    name: 'Anthropic: overloaded',
    status: 529,
    body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    error: { code: 'overloaded', retryable: true },
  },
  {
    name: 'a key refused with 400',
    status: 400,
    body: { code: 'invalid-argument', error: 'Incorrect API key provided.' },
    error: { code: 'authentication' },
  },
  {
    name: 'Azure: content filter',
    status: 400,
    body: {
      error: {
        code: 'content_filter',
        message: "The response was filtered due to Azure OpenAI's content management policy",
      },
    },
    error: { code: 'content-filter' },
  },
  {
    name: 'a page behind a wrong address',
    status: 404,
    body: '<!DOCTYPE html><html><head><title>Welcome\n to nginx</title>',
    error: { code: 'not-an-api', message: 'A web page came back: "Welcome to nginx"' },
  },
  {
    name: 'a page of a gateway',
    status: 502,
    body: '<html><head><title>502 Bad Gateway</title></head>',
    error: { code: 'server', retryable: true, message: 'A web page came back: "502 Bad Gateway"' },
  },
  {
    name: 'a login page',
    status: 403,
    body: '<html><body><h1>Sign in</h1><script>evil()</script></body>',
    error: { code: 'permission', message: 'A web page came back: "Sign in"' },
  },
  {
    name: 'plain words',
    status: 500,
    body: 'Internal Server Error',
    error: { code: 'server', message: 'Internal Server Error', retryable: true },
  },
  {
    name: 'no words',
    status: 418,
    body: '',
    error: { code: 'invalid-request', message: 'HTTP status 418, without a word' },
  },
];

describe('error answers', () => {
  it.each(cases)('$name', ({ status, body, headers = {}, error }) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    expect(httpError(text, { url, headers, status })).toMatchObject({ ...error, status, url });
  });

  it('an error in the middle of a stream is judged by its own status, or by its words', () => {
    const source = { url, headers: {} };
    expect(toldError({ error: { message: 'no', status_code: 400 } }, source)).toMatchObject({
      code: 'invalid-request',
      status: 400,
    });
    expect(
      toldError({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, source),
    ).toMatchObject({ code: 'overloaded', retryable: true });
    expect(toldError({ error: { type: 'rate_limit_error', message: 'slow down' } }, source).code).toBe('rate-limit');
    expect(toldError({ error: 'the runner has died' }, source)).toMatchObject({
      code: 'server',
      message: 'the runner has died',
    });
    expect(toldError(undefined, source).code).toBe('server');
  });

  it('a page with status 200 is no API', () => {
    expect(pageError('<html><title>Router</title>', { url, headers: {}, status: 200 })).toMatchObject({
      code: 'not-an-api',
      retryable: false,
      status: 200,
    });
  });

  it('a hostile page of any size is worded quickly', () => {
    const page = '<script'.repeat(200_000);
    expect(httpError(page, { url, headers: {}, status: 404 }).message.length).toBeLessThan(300);
  });
});

const expectedCodes: Readonly<Record<string, LlmError['code']>> = {
  'anthropic/errors/400-anthropic-messages-2.json': 'invalid-request',
  'anthropic/errors/401-anthropic-messages.json': 'authentication',
  'anthropic/errors/404-anthropic-count-tokens.json': 'not-found',
  'azure/errors/404-openai-chat.json': 'not-found',
  'azure/errors/429-openai-chat.json': 'rate-limit',
  'deepseek/errors/400-openai-responses.json': 'invalid-request',
  'deepseek/errors/401-openai-chat.json': 'authentication',
  'gemini/errors/400-gemini-native-2.json': 'authentication',
  'gemini/errors/404-gemini-native.json': 'not-found',
  'groq/errors/400-openai-chat-2.json': 'invalid-request',
  'groq/errors/401-openai-chat.json': 'authentication',
  'llama.cpp/errors/400-err-toolong.json': 'context-overflow',
  'llama.cpp/errors/404-v1fim.json': 'not-found',
  'ollama-cloud/errors/400-openai-chat.json': 'context-overflow',
  'openai/errors/400-openai-chat-3.json': 'invalid-request',
  'openai/errors/400-openai-chat.json': 'invalid-request',
  'openai/errors/400-openai-responses-2.json': 'invalid-request',
  'openai/errors/401-openai-chat.json': 'authentication',
  'openai/errors/401-openai-responses.json': 'authentication',
  'openrouter/errors/400-openai-chat-2.json': 'invalid-request',
  'openrouter/errors/401-openai-chat.json': 'authentication',
  'openrouter/errors/404-openai-chat.json': 'unsupported',
  'openrouter/errors/429-openai-chat.json': 'rate-limit',
  'perplexity/errors/400-openai-chat.json': 'context-overflow',
  'vertex/errors/400-gemini-native.json': 'context-overflow',
  'xai/errors/400-openai-responses.json': 'authentication',
  'xai/errors/404-openai-chat.json': 'not-found',
};

describe.runIf(haveRecordings)('recorded error answers', () => {
  it.each(recordings((row) => row.kind === 'error').map((row) => [row.file, row] as const))('%s', (file, row) => {
    const error = httpError(bytesOf(row).toString(), { url, headers: row.response_headers, status: row.http_status });
    expect(error.message).not.toContain('{');
    expect(error.code).toBe(expectedCodes[file]);
  });
});
