import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/gateway/ask.ts';
import { blotted, blottedHeaders, blottedUrl, secretsOf } from '../../src/gateway/blot-secrets.ts';
import { logged } from '../../src/gateway/logged.ts';
import { RequestLog } from '../../src/gateway/request-log.ts';
import { asCurl } from '../../src/gateway/request-log-curl.ts';
import { pageOf, summaryOf } from '../../src/gateway/request-log-words.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ModelRef } from '../../src/llm/model-ref.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import type { StreamEvent, StreamFunction } from '../../src/llm/stream-event.ts';
import { endpointAt, hello, modelAt } from '../providers/ask.ts';
import { gatewayHouse } from '../support/gateway-house.ts';
import { type Answer, startHttpServer } from '../support/http-server.ts';
import { says, scriptedStream } from '../support/scripted-stream.ts';

const never = new AbortController().signal;

/** A server of OpenAI's kind; each answer stands for one request, the last for all that follow. */
function vendor(...answers: readonly Answer[]) {
  let nth = 0;
  return startHttpServer((request, response) => answers[Math.min(nth++, answers.length - 1)]?.(request, response));
}

const usage = { prompt_tokens: 1000, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 900 } };

const saysHi: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'set-cookie': 'id=abc', 'x-request-id': 'r-1' });
  response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: 'Your key is secret' } }] })}\n\n`);
  response.write(`data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }], usage })}\n\n`);
  response.end('data: [DONE]\n\n');
};

const isBusy: Answer = (_, response) => {
  response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '0' });
  response.end('{"error":{"message":"too busy"}}');
};

const house = (url: string) =>
  gatewayHouse({
    providers: {
      cloud: {
        vendor: 'openai-compatible',
        baseUrl: `${url}/v1?api-key=hush-hush`,
        headers: { 'X-Team-Pass': 'open sesame-42', 'X-Title': 'Tutti' },
        models: { a: {}, b: {} },
      },
    },
    roles: { chat: 'cloud/a' },
  });

const question: ChatRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Is my key "secret" or sesame-42?' }] }],
  parameters: {},
};

async function all(events: AsyncIterable<StreamEvent>): Promise<readonly StreamEvent[]> {
  const seen: StreamEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('a request through the gateway', () => {
  it('is kept as it was sent, without its keys', async () => {
    await using server = await vendor(saysHi);
    using asked = house(server.url);
    await all(asked.gateway.stream({ role: 'chat', chatId: 'c-1', request: question }, never));
    const [entry, ...others] = asked.log.requests;
    const [seen] = server.seen;
    expect(others).toEqual([]);
    const [exchange] = entry?.exchanges ?? [];
    const { authorization, 'x-team-pass': pass, ...openly } = seen?.headers ?? {};
    expect({ authorization, pass }).toEqual({ authorization: 'Bearer secret', pass: 'open sesame-42' });
    expect(exchange?.sent).toEqual({
      method: 'POST',
      url: `${server.url}/v1/chat/completions?api-key=$KEY`,
      headers: { ...openly, authorization: 'Bearer $KEY', 'x-team-pass': 'open $KEY' },
      body: seen?.body.replaceAll(/secret|sesame-42/g, '$KEY'),
    });
    expect(seen?.path).toBe('/v1/chat/completions?api-key=hush-hush');
    expect(exchange).toMatchObject({
      status: 200,
      headers: { 'set-cookie': ['$KEY'], 'x-request-id': 'r-1' },
      kept: false,
    });
    expect(entry).toMatchObject({
      attempt: 1,
      model: 'cloud/a',
      protocol: 'openai-chat',
      ask: { role: 'chat', chatId: 'c-1' },
      end: { finish: 'stop', usage: { cached: 900 } },
    });
    const { sentMs = -1, connectedMs = -1, respondedMs = -1 } = exchange ?? {};
    const times = [0, sentMs, connectedMs, respondedMs, entry?.firstTokenMs, entry?.totalMs];
    expect(times).toEqual(times.toSorted((a, b) => Number(a) - Number(b)));
    if (!entry) return;
    expect(summaryOf(entry)).toMatch(/^stop · HTTP 200 · \d+ ms · 1,000 in \(90 % cached\) · 3 out$/);
    const page = pageOf(entry);
    expect(page).toContain('## Answer\n\nYour key is $KEY');
    for (const hidden of ['secret', 'hush-hush', 'sesame-42', 'id=abc']) expect(page).not.toContain(hidden);
  });

  it('and each time it is sent again is one of its own', async () => {
    await using server = await vendor(isBusy, saysHi);
    using asked = house(server.url);
    await all(asked.gateway.stream({ role: 'chat', request: question }, never));
    expect(
      asked.log.requests.map(({ attempt, exchanges, end }) => [attempt, exchanges[0]?.status, end?.finish]),
    ).toEqual([
      [2, 200, 'stop'],
      [1, 503, 'error'],
    ]);
    expect(asked.log.requests[0]?.exchanges[0]?.kept).toBe(true);
    expect(asked.log.requests.map(({ exchanges }) => exchanges[0]?.sent.body)).toEqual(
      server.seen.toReversed().map(({ body }) => body.replaceAll(/secret|sesame-42/g, '$KEY')),
    );
  });

  it('asked again of another model is the same but for the model', async () => {
    await using server = await vendor(saysHi);
    using asked = house(server.url);
    await all(asked.gateway.stream({ role: 'chat', chatId: 'c-1', request: question }, never));
    const [first] = asked.log.requests;
    if (!first) throw new Error('nothing is kept');
    await all(asked.gateway.stream({ ...first.ask, model: 'cloud/b' }, never));
    const [one, other] = server.seen.map(({ body }) => JSON.parse(body));
    expect(other).toEqual({ ...one, model: 'b' });
    expect(asked.log.requests.map(({ model }) => model)).toEqual(['cloud/b', 'cloud/a']);
  });

  it('a redirect is a request of its own', async () => {
    await using server = await vendor((_, response) => {
      response.writeHead(307, { location: '/v1/elsewhere' }).end();
    }, saysHi);
    using asked = house(server.url);
    await all(asked.gateway.stream({ role: 'chat', request: question }, never));
    const [entry, ...others] = asked.log.requests;
    expect(others).toEqual([]);
    expect(entry?.exchanges.map(({ sent, status }) => [new URL(sent.url).pathname, status])).toEqual([
      ['/v1/chat/completions', 307],
      ['/v1/elsewhere', 200],
    ]);
    expect(entry && pageOf(entry)).toContain('## Body 2');
  });

  it('is kept also where it never arrived', async () => {
    using asked = house('http://127.0.0.1:1');
    await all(asked.gateway.stream({ role: 'chat', model: 'cloud/a', request: question }, never));
    const [entry] = asked.log.requests;
    expect(entry?.exchanges[0]?.sent.method).toBe('POST');
    expect(entry?.exchanges[0]).not.toHaveProperty('status');
    expect(entry?.end?.error?.code).toBe('connection-refused');
  });
});

const ask: Ask = { role: 'chat', request: hello };

/** A log with one entry for each body, oldest first. */
function filled(limits: ConstructorParameters<typeof RequestLog>[0], ...bodies: readonly string[]): RequestLog {
  const log = new RequestLog(limits);
  for (const body of bodies) {
    const recording = log.begin(ask, modelAt('https://api.example'), 'openai-chat', hello, 1);
    recording.endpoint.observer?.sent({ method: 'POST', url: 'https://api.example', headers: {}, body });
    recording.ended(undefined);
  }
  return log;
}

const bodiesOf = (log: RequestLog): readonly unknown[] => log.requests.map(({ exchanges }) => exchanges[0]?.sent.body);

describe('how much is kept', () => {
  it.each<[string, ConstructorParameters<typeof RequestLog>[0], readonly string[], readonly string[]]>([
    ['the last ones, newest first', { requests: 2, characters: 100 }, ['a', 'b', 'c'], ['c', 'b']],
    [
      'the oldest go where they are too long together',
      { requests: 9, characters: 5 },
      ['aaa', 'bbb', 'cc'],
      ['cc', 'bbb'],
    ],
    [
      'the newest stays whole whatever its length',
      { requests: 9, characters: 5 },
      ['a', 'b'.repeat(9)],
      ['b'.repeat(9)],
    ],
    ['and goes with the next', { requests: 9, characters: 5 }, ['b'.repeat(9), 'c'], ['c']],
  ])('%s', (_, limits, bodies, kept) => {
    expect(bodiesOf(filled(limits, ...bodies))).toEqual(kept);
  });

  it('two hundred', () => {
    const log = filled(undefined, ...Array.from({ length: 205 }, (_, nth) => String(nth)));
    expect([log.requests.length, bodiesOf(log).at(0), bodiesOf(log).at(-1)]).toEqual([200, '204', '5']);
    expect(log.find(5)).toBeUndefined();
    expect(log.find(6)?.id).toBe(6);
  });

  it('only the last ones keep how they are built anew for another model', () => {
    const log = new RequestLog();
    const asked: Ask = { ...ask, requestFor: () => hello };
    for (let nth = 0; nth < 25; nth++) log.begin(asked, modelAt('https://api.example'), 'openai-chat', hello, 1);
    expect(log.requests.filter((entry) => entry.ask.requestFor).map(({ id }) => id)).toEqual(
      Array.from({ length: 20 }, (_, nth) => 25 - nth),
    );
    expect(log.requests.every((entry) => entry.ask.request === hello)).toBe(true);
  });

  it('one that is gone while it is answered weighs nothing', () => {
    const log = new RequestLog({ requests: 1, characters: 5 });
    const early = log.begin(ask, modelAt('https://api.example'), 'openai-chat', hello, 1);
    const late = log.begin(ask, modelAt('https://api.example'), 'openai-chat', hello, 1);
    early.endpoint.observer?.sent({ method: 'POST', url: '', headers: {}, body: 'a'.repeat(100) });
    early.ended(undefined);
    late.ended(undefined);
    expect(log.requests.map(({ id }) => id)).toEqual([2]);
  });
});

describe('a model that is asked without a network', () => {
  const inside: Model = { ...modelAt('embedded:'), ref: 'embedded/tiny' };
  const through = (wire: StreamFunction, log: RequestLog): StreamFunction => logged(wire, ask, 'embedded', log);

  it('shows what was handed over', async () => {
    const log = new RequestLog();
    await all(through(scriptedStream([says('hi')]), log)(inside, hello, never));
    const [entry] = log.requests;
    if (!entry) throw new Error('nothing is kept');
    expect(entry).toMatchObject({ model: 'embedded/tiny', exchanges: [], end: { finish: 'stop' } });
    expect(pageOf(entry)).toContain('Nothing left over HTTP.');
    expect(pageOf(entry)).toContain('"text": "Hello"');
    expect(asCurl(entry)).toBeUndefined();
  });

  it('and what was said before nobody listened any more', async () => {
    const log = new RequestLog();
    const stream = through(scriptedStream(['one ', 'two ', 'three'].map((text) => ({ type: 'text', text }))), log);
    for await (const event of stream(inside, hello, never)) if (event.type === 'text' && event.text === 'two ') break;
    const [entry] = log.requests;
    expect(entry).toMatchObject({ said: 'one two ' });
    expect(entry && summaryOf(entry)).toMatch(/^not heard to the end · \d+ ms$/);
  });

  it('a listener hears of its beginning and its end', async () => {
    const log = new RequestLog();
    const heard: (string | undefined)[] = [];
    const stop = log.onDidChange(() => heard.push(log.requests[0] && summaryOf(log.requests[0]).split(' ')[0]));
    await all(through(scriptedStream([says('hi')]), log)(inside, hello, never));
    stop();
    await all(through(scriptedStream([says('hi')]), log)(inside, hello, never));
    expect(heard).toEqual(['waiting', 'stop']);
  });
});

describe('keys', () => {
  const endpoint = endpointAt('https://api.example', {
    apiKey: ' sk-1/2"3 ',
    headers: { 'x-portkey-api-key': 'pk-123456', 'cf-access-client-id': 'client-id-9', 'x-title': 'Long title here' },
  });
  const secrets = secretsOf(endpoint);

  it.each<[string, string]>([
    ['the key: sk-1/2"3.', 'the key: $KEY.'],
    [JSON.stringify({ a: 'sk-1/2"3' }), '{"a":"$KEY"}'],
    ['?q=sk-1%2F2%223', '?q=$KEY'],
    ['pk-123456 and client-id-9', '$KEY and $KEY'],
    ['Long title here', 'Long title here'],
  ])('%s', (text, expected) => expect(blotted(text, secrets)).toBe(expected));

  it('a word too short to be one stays', () => {
    expect(secretsOf(endpointAt('https://api.example', { apiKey: 'none' }))).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['authorization', 'Bearer abc', 'Bearer $KEY'],
    ['x-api-key', 'abc', '$KEY'],
    ['cookie', 'a=b; c=d', '$KEY'],
    ['x-ratelimit-remaining-tokens', '12', '12'],
    ['x-note', 'with pk-123456', 'with $KEY'],
    ['user-agent', 'tutti', 'tutti'],
  ])('header %s: %s', (name, value, expected) => {
    expect(blottedHeaders({ [name]: value }, secrets)).toEqual({ [name]: expected });
  });

  it.each<[string, string]>([
    ['https://me:pass@h.example/v1?key=abc&alt=sse', 'https://$KEY:$KEY@h.example/v1?key=$KEY&alt=sse'],
    ['https://h.example/pk-123456?api-version=1', 'https://h.example/$KEY?api-version=1'],
    ['https://h.example/?X-Amz-Signature=1&sig=2', 'https://h.example/?X-Amz-Signature=$KEY&sig=$KEY'],
  ])('%s', (url, expected) => expect(blottedUrl(url, secrets)).toBe(expected));
});

/** What a shell would hand to curl: its arguments and its input. */
function handedToCurl(command: string): { readonly words: readonly string[]; readonly input: string } {
  const curl = `curl() { for word; do printf '%s\\0' "$word"; done; printf '\\0'; [ -t 0 ] || cat; }`;
  const folder = mkdtempSync(join(tmpdir(), 'tutti-curl-'));
  writeFileSync(join(folder, 'ask.sh'), `KEY='it''s mine'\n${curl}\n${command}\n`);
  const output = execFileSync('/bin/sh', [join(folder, 'ask.sh')], { input: '' }).toString();
  rmSync(folder, { recursive: true });
  const [words = '', input = ''] = output.split('\0\0');
  return { words: words.split('\0'), input };
}

describe.skipIf(process.platform === 'win32')('curl', () => {
  function entryOf(body: string, ref: ModelRef = 'test/model') {
    const log = new RequestLog();
    const recording = log.begin(ask, { ...modelAt('https://api.example'), ref }, 'openai-chat', hello, 1);
    const headers = { authorization: 'Bearer k', 'content-length': '1', host: 'h', 'x-odd': `it's "odd" $HOME` };
    recording.endpoint.observer?.sent({ method: 'POST', url: 'https://h.example/v1?key=abc&b=1', headers, body });
    const [entry] = log.requests;
    if (!entry) throw new Error('nothing is kept');
    return asCurl(entry) ?? '';
  }

  const before = ['--no-buffer', '--request', 'POST', 'https://h.example/v1?key=its mine&b=1', '--header'];
  const words = [...before, 'authorization: Bearer its mine', '--header', `x-odd: it's "odd" $HOME`];

  it.each(['{"a":"it\'s $KEY `x` \\\\ \\n"}', '{}'])('%s', (body) => {
    expect(handedToCurl(entryOf(body))).toEqual({ words: [...words, '--data-raw', body], input: '' });
  });

  it('a long body is no argument', () => {
    const body = JSON.stringify({ a: "it's long ".repeat(20_000) });
    expect(handedToCurl(entryOf(body))).toEqual({ words: [...words, '--data-binary', '@-'], input: `${body}\n` });
  });
});
