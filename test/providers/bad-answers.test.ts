import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { LlmError } from '../../src/llm/llm-error.ts';
import type { EndEvent } from '../../src/llm/stream-event.ts';
import { isChatWire, openProviders } from '../../src/providers/providers.ts';
import type { WireName } from '../../src/providers/wire-protocol.ts';
import { awsEvent } from '../support/aws-frames.ts';
import { type Answer, sseData, startHttpServer } from '../support/http-server.ts';
import { ask, fill, hello, modelAt } from './ask.ts';
import { wires } from './recordings.ts';

const providers = openProviders();
afterAll(() => providers.close());

const delta = (content: string): string => sseData({ choices: [{ index: 0, delta: { content } }] });
const finish = sseData({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
const done = sseData('[DONE]');

interface Case {
  readonly name: string;
  readonly answer: Answer;
  readonly text?: string;
  readonly finish?: EndEvent['finish'];
  readonly error?: Partial<LlmError>;
}

const whole = (body: string, status = 200, type = 'text/event-stream'): Answer => {
  return (_, response) => void response.writeHead(status, { 'content-type': type }).end(body);
};

const cases: readonly Case[] = [
  {
    name: 'a refused key',
    answer: whole('{"error":{"message":"Incorrect API key provided: sk-secret-key-1","code":"invalid_api_key"}}', 401),
    error: { code: 'authentication', status: 401, message: 'Incorrect API key provided: …' },
  },
  {
    name: '429 with Retry-After',
    answer: (_, response) => void response.writeHead(429, { 'retry-after': '12' }).end('{"error":{"message":"slow"}}'),
    error: { code: 'rate-limit', status: 429, retryAfterMs: 12_000, retryable: true },
  },
  {
    name: 'a web page with status 200',
    answer: whole('\n<!doctype html><title>My router</title>', 200, 'text/html'),
    error: { code: 'not-an-api', message: 'A web page came back: "My router"' },
  },
  {
    name: 'a web page with status 502',
    answer: whole('<html><title>502 Bad Gateway</title></html>', 502, 'text/html'),
    error: { code: 'server', status: 502, retryable: true },
  },
  {
    name: 'an error answer that breaks off keeps its status',
    answer: (_, response) => {
      response.writeHead(503, { 'content-length': '1000' });
      response.write('{"error":{"mess');
      setTimeout(() => response.destroy(), 20);
    },
    error: { code: 'overloaded', status: 503 },
  },
  {
    name: 'a JSON error with status 200',
    answer: whole('{"error":{"message":"model not loaded","type":"server_error"}}', 200, 'application/json'),
    error: { code: 'server', message: 'model not loaded' },
  },
  {
    name: 'JSON that is no reply',
    answer: whole('{"status":"ok"}', 200, 'application/json'),
    error: { code: 'malformed-response', message: 'An answer of no known form: {"status":"ok"}' },
  },
  {
    name: 'words that are no reply',
    answer: whole('upstream connect error', 200, 'text/plain'),
    error: { code: 'malformed-response', message: 'An answer of no known form: upstream connect error' },
  },
  {
    name: 'nothing but comments',
    answer: whole(': PROCESSING\n\n'),
    error: { code: 'empty-response' },
  },
  {
    name: 'a whole reply although a stream was asked for',
    answer: whole(
      JSON.stringify(
        {
          choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 1, completion_tokens: 2 },
        },
        null,
        2,
      ),
      200,
      'application/json',
    ),
    text: 'whole',
    finish: 'stop',
  },
  {
    name: 'one JSON object a line',
    answer: whole(
      `${JSON.stringify({ choices: [{ delta: { content: 'a' } }] })}\n${JSON.stringify({ choices: [{ delta: { content: 'b' }, finish_reason: 'stop' }] })}\n`,
      200,
      'application/x-ndjson',
    ),
    text: 'ab',
    finish: 'stop',
  },
  {
    name: 'a socket that is destroyed in the middle',
    answer: (_, response) => {
      response.write(delta('half of '));
      response.write(delta('it'));
      setTimeout(() => response.destroy(), 20);
    },
    text: 'half of it',
    error: { code: 'stream-cut', retryable: true },
  },
  {
    name: 'an end without an end mark',
    answer: whole(delta('half')),
    text: 'half',
    error: { code: 'stream-cut' },
  },
  {
    name: 'an end inside an event',
    answer: whole(`${delta('half')}data: {"choices":[{"del`),
    text: 'half',
    error: { code: 'stream-cut' },
  },
  {
    name: 'a socket destroyed after the finish reason is a whole reply',
    answer: (_, response) => {
      response.write(delta('all') + finish);
      setTimeout(() => response.destroy(), 20);
    },
    text: 'all',
    finish: 'stop',
  },
  {
    name: 'no [DONE] after the finish reason is a whole reply',
    answer: whole(delta('all') + finish),
    text: 'all',
    finish: 'stop',
  },
  {
    name: '[DONE] without a finish reason is a whole reply',
    answer: whole(delta('all') + done),
    text: 'all',
    finish: 'unknown',
  },
  {
    name: 'a last event without its blank line',
    answer: whole((delta('all') + finish).trimEnd()),
    text: 'all',
    finish: 'stop',
  },
  {
    name: 'broken JSON in the middle loses only itself, and is told',
    answer: whole(`${delta('a')}data: {"choices":[{"delta":{"content":"lost"\n\n${delta('c')}${finish}${done}`),
    text: 'ac',
    error: { code: 'malformed-response' },
  },
  {
    name: 'events run together',
    answer: whole(`${delta('a').trimEnd()}\n${delta('b')}${finish}${done}`),
    text: 'ab',
    finish: 'stop',
  },
  {
    name: 'data that is no JSON object is passed over',
    answer: whole(`data: ping\n\ndata: 1\n\ndata:\n\n${delta('a')}${finish}${done}`),
    text: 'a',
    finish: 'stop',
  },
  { name: 'nothing at all', answer: whole(''), error: { code: 'empty-response', retryable: true } },
  { name: 'a reply of nothing', answer: whole(finish + done), error: { code: 'empty-response' } },
  {
    name: 'no room for a reply is no error',
    answer: whole(sseData({ choices: [{ delta: {}, finish_reason: 'length' }] }) + done),
    finish: 'length',
  },
  {
    name: 'an error in the middle, as OpenRouter tells it',
    answer: whole(
      delta('a') +
        sseData({
          error: { code: 502, message: 'Provider disconnected' },
          choices: [{ delta: { content: '' }, finish_reason: 'error' }],
        }),
    ),
    text: 'a',
    error: { code: 'server', status: 502, message: 'Provider disconnected' },
  },
  {
    name: 'an error in the middle, as an event',
    answer: whole(`${delta('a')}event: error\ndata: {"message":"boom","type":"overloaded_error"}\n\n`),
    text: 'a',
    error: { code: 'overloaded', message: 'boom' },
  },
  {
    name: 'an error in the middle, as an event of plain words',
    answer: whole(`${delta('a')}event: error\ndata: out of memory\n\n`),
    text: 'a',
    error: { code: 'out-of-memory', message: 'out of memory' },
  },
  {
    name: 'an error in the middle, as a field',
    answer: whole(`${delta('a')}error: {"code":500,"message":"the slot was lost","type":"server_error"}\n\n`),
    text: 'a',
    error: { code: 'server', status: 500, message: 'the slot was lost' },
  },
  {
    name: 'an error in the middle, as a bare line',
    answer: whole(`${delta('a')}{"error":"CUDA out of memory"}\n`),
    text: 'a',
    error: { code: 'out-of-memory', message: 'CUDA out of memory' },
  },
  {
    name: 'an end for a reason that is a failure',
    answer: whole(
      delta('a') + sseData({ choices: [{ delta: {}, finish_reason: 'insufficient_system_resource' }] }) + done,
    ),
    text: 'a',
    error: { code: 'server', message: 'The provider ended the reply with "insufficient_system_resource".' },
  },
];

describe('answers that are not as they should be', () => {
  it.each(cases)('$name', async ({ answer, text = '', finish: expected = 'error', error }) => {
    await using server = await startHttpServer(answer);
    const model = modelAt(`${server.url}/v1`, { apiKey: 'sk-secret-key-1' });
    const { end, text: said } = await ask(providers.stream('openai-chat'), model, hello);
    expect({ text: said, finish: end.finish }).toEqual({ text, finish: expected });
    if (error) expect(end.error).toMatchObject(error);
    else expect(end.error).toBeUndefined();
    expect(JSON.stringify(end)).not.toContain('sk-secret');
  });

  it('nobody listens', async () => {
    const { end } = await ask(providers.stream('openai-chat'), modelAt('http://127.0.0.1:1/v1'), hello);
    expect(end.error).toMatchObject({ code: 'connection-refused', url: 'http://127.0.0.1:1/v1/chat/completions' });
  });

  it('no such host', async () => {
    const { end } = await ask(providers.stream('openai-chat'), modelAt('http://nowhere.invalid/v1'), hello);
    expect(end.error?.code).toBe('host-not-found');
  });

  it('a server that never answers', async () => {
    await using server = await startHttpServer((_, response) => void response.flushHeaders());
    const timeouts = { connectMs: 1000, firstTokenMs: 80, idleMs: 1000 };
    const { end } = await ask(providers.stream('openai-chat'), modelAt(server.url, { timeouts }), hello);
    expect(end.error).toMatchObject({ code: 'first-token-timeout', retryable: true });
  });

  it('comments keep no request alive that brings no token', async () => {
    await using server = await startHttpServer((_, response) => {
      const timer = setInterval(() => response.write(': PROCESSING\n\n'), 10);
      response.on('close', () => clearInterval(timer));
    });
    const timeouts = { connectMs: 1000, firstTokenMs: 120, idleMs: 1000 };
    const { end } = await ask(providers.stream('openai-chat'), modelAt(server.url, { timeouts }), hello);
    expect(end.error?.code).toBe('first-token-timeout');
  });

  it('a stream that stalls', async () => {
    await using server = await startHttpServer((_, response) => void response.write(delta('so far')));
    const timeouts = { connectMs: 1000, firstTokenMs: 1000, idleMs: 80 };
    const { end, text } = await ask(providers.stream('openai-chat'), modelAt(server.url, { timeouts }), hello);
    expect(text).toBe('so far');
    expect(end.error).toMatchObject({ code: 'idle-timeout', message: 'Nothing more came within 0.08 s.' });
  });

  it('a stream that is slower than the first-token limit but never silent for long', async () => {
    await using server = await startHttpServer(async (_, response) => {
      for (let nth = 0; nth < 6; nth++) {
        response.write(delta(String(nth)));
        await new Promise((resolve) => setTimeout(resolve, 120));
      }
      response.end(finish);
    });
    const timeouts = { connectMs: 1000, firstTokenMs: 400, idleMs: 5000 };
    const { text } = await ask(providers.stream('openai-chat'), modelAt(server.url, { timeouts }), hello);
    expect(text).toBe('012345');
  });

  it('a reader that takes its time is not the server’s silence', async () => {
    await using server = await startHttpServer(async (_, response) => {
      for (const text of ['a', 'b', 'c']) {
        response.write(delta(text));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      response.end(finish);
    });
    const timeouts = { connectMs: 5000, firstTokenMs: 5000, idleMs: 300 };
    let end: EndEvent | undefined;
    for await (const event of providers.stream('openai-chat')(
      modelAt(server.url, { timeouts }),
      hello,
      new AbortController().signal,
    )) {
      if (event.type === 'end') end = event;
      else await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(end?.finish).toBe('stop');
  });

  it('a server that keeps the connection open after [DONE] holds nothing up', async () => {
    await using server = await startHttpServer((_, response) => void response.write(delta('a') + finish + done));
    const timeouts = { connectMs: 0, firstTokenMs: 0, idleMs: 0 };
    const { end, text } = await ask(providers.stream('openai-chat'), modelAt(server.url, { timeouts }), hello);
    expect([text, end.finish]).toEqual(['a', 'stop']);
  });

  it('an abort is an outcome and keeps what was received', async () => {
    await using server = await startHttpServer((_, response) => void response.write(delta('so far')));
    const controller = new AbortController();
    let end: EndEvent | undefined;
    for await (const event of providers.stream('openai-chat')(modelAt(server.url), hello, controller.signal)) {
      if (event.type === 'text') controller.abort();
      if (event.type === 'end') end = event;
    }
    expect(end).toMatchObject({ finish: 'aborted', message: { content: [{ type: 'text', text: 'so far' }] } });
    expect(end?.error).toBeUndefined();
  });

  it('leaving the loop early closes the connection', async () => {
    await using server = await startHttpServer((_, response) => void response.write(delta('first')));
    for await (const event of providers.stream('openai-chat')(
      modelAt(server.url),
      hello,
      new AbortController().signal,
    )) {
      if (event.type === 'text') break;
    }
    await expect.poll(() => server.seen[0]?.abortedAt).toBeDefined();
  });

  it('an abort before the start is an outcome, too', async () => {
    const { end } = await ask(
      providers.stream('openai-chat'),
      modelAt('http://127.0.0.1:1'),
      hello,
      AbortSignal.abort(),
    );
    expect(end).toMatchObject({ finish: 'aborted' });
    expect(end.error).toBeUndefined();
  });

  it('keeps its connection for the next request', async () => {
    await using server = await startHttpServer((_, response) => void response.end(delta('a') + finish + done));
    for (let nth = 0; nth < 5; nth++) await ask(providers.stream('openai-chat'), modelAt(server.url), hello);
    expect(new Set(server.seen.map(({ connection }) => connection)).size).toBe(1);
  });

  it('a completion may be empty: there is nothing to add', async () => {
    await using server = await startHttpServer(
      whole(sseData({ choices: [{ text: '', finish_reason: 'stop' }] }) + done),
    );
    const { end } = await ask(providers.stream('openai-completions'), modelAt(server.url), fill);
    expect([end.finish, end.error]).toEqual(['stop', undefined]);
  });

  it('an answer nested deeper than the stack is an error, not an exception', async () => {
    const input = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`;
    const call = `{"type":"message","content":[{"type":"tool_use","id":"1","name":"f","input":${input}}]}`;
    await using server = await startHttpServer(whole(call));
    const { end } = await ask(providers.stream('anthropic-messages'), modelAt(server.url), hello);
    expect(end.finish).toBe('error');
    await using other = await startHttpServer(whole(`{"error":${input}}`));
    expect((await ask(providers.stream('openai-chat'), modelAt(other.url), hello)).end.error?.code).toBe('server');
  });

  it('a key in the user’s own header is blotted out as well', async () => {
    await using server = await startHttpServer(whole('{"error":"no such key: sk-secret-2"}', 401));
    const model = modelAt(server.url, { headers: { Authorization: 'Bearer sk-secret-2' } });
    const { end } = await ask(providers.stream('openai-chat'), model, hello);
    expect(end.error?.message).toBe('no such key: …');
  });

  it('a request of the wrong kind is an error, not an exception', async () => {
    const { end } = await ask(providers.stream('openai-chat'), modelAt('http://127.0.0.1:1'), fill);
    expect(end.error?.code).toBe('unsupported');
  });

  it('a body that cannot be written is an error, not an exception', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const request = { ...hello, parameters: { extraBody: circular } };
    const { end } = await ask(providers.stream('openai-chat'), modelAt('http://127.0.0.1:1'), request);
    expect(end.error?.code).toBe('internal');
  });

  it('no sequence of bytes makes a stream throw or hang', async () => {
    let body = new Uint8Array();
    await using server = await startHttpServer((_, response) => void response.end(body));
    const shreds = [
      delta('a'),
      finish,
      done,
      'data: ',
      '{',
      '}',
      '[',
      '"',
      '\n',
      '\r',
      '<',
      ':',
      'event: error\n',
      '\u{1F3C6}',
    ]
      .map((text) => Buffer.from(text))
      .concat([
        Buffer.from(sseData({ type: 'content_block_delta', index: 0, delta: { text: 'x', partial_json: '{' } })),
        Buffer.from(sseData({ choices: [{ delta: { tool_calls: [{}, null, { function: { name: 'f' } }] } }] })),
        Buffer.from(sseData({ choices: [null, 1, { delta: 3 }], usage: [], error: 0 })),
        Buffer.from(sseData({ type: 'content_block_start', index: 'x', content_block: { type: 'tool_use' } })),
        Buffer.from(sseData({ type: 'message_start', message: { content: [null, 3, { type: 'text' }] } })),
        Buffer.from(sseData({ content: 3, stop: true, stop_type: 7 })),
        Buffer.from(sseData({ type: 'response.output_item.done', item: { type: 'function_call', call_id: 1 } })),
        Buffer.from(sseData({ type: 'response.completed', response: { output: [null, { type: 'message' }] } })),
        Buffer.from(sseData({ candidates: [null, { content: { parts: [{}, 1, { functionCall: {} }] } }] })),
        Buffer.from('{"message":{"content":"x","tool_calls":[null,{"function":{}}]},"done":false}\n'),
        Buffer.from('{"response":1,"done":true}\n'),
        awsEvent('contentBlockDelta', { delta: { text: 'x', toolUse: {} } }),
        awsEvent('contentBlockStart', { start: { toolUse: {} } }),
        Buffer.from([0, 0, 0, 17]),
      ]);
    const bytes = fc.array(fc.oneof(fc.constantFrom(...shreds), fc.uint8Array({ maxLength: 8 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom<WireName>(...wires), async (parts, wire) => {
        body = Buffer.concat(parts);
        const { end } = await ask(providers.stream(wire), modelAt(server.url), isChatWire(wire) ? hello : fill);
        expect(end.message.role).toBe('assistant');
      }),
      { numRuns: 400 },
    );
  });
});
