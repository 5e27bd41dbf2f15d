import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/llm/message.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import type { EndEvent, StreamEvent } from '../../src/llm/stream-event.ts';
import type { ProviderConfig } from '../../src/models/provider-config.ts';
import { gatewayHouse } from '../support/gateway-house.ts';
import { type Answer, sseData, startHttpServer } from '../support/http-server.ts';

const never = new AbortController().signal;

/** An Anthropic-shaped answer; `cached` tokens of its prompt were still there. */
const answers =
  (cached = 0): Answer =>
  (_, response) => {
    const usage = { input_tokens: 100, cache_read_input_tokens: cached, output_tokens: 1 };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const events = [
      { type: 'message_start', message: { usage } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Yes.' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } },
      { type: 'message_stop' },
    ];
    for (const event of events) response.write(`event: ${event.type}\n${sseData(event)}`);
    response.end();
  };

function refuses(status: number, message: string): Answer {
  return (request, response) => {
    if (!request.body.includes('cache_control')) return answers()(request, response);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message } }));
  };
}

const house = (url: string, over: Partial<Record<keyof ProviderConfig, unknown>> = {}) =>
  gatewayHouse({
    providers: { p: { vendor: 'anthropic-compatible', baseUrl: url, models: { m: {} }, ...over } },
    roles: { chat: 'p/m' },
  });

const user = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });
const said: Message = {
  role: 'assistant',
  content: [{ type: 'text', text: 'Yes.' }],
  model: 'p/m',
  protocol: 'anthropic-messages',
};

function request(...messages: readonly Message[]): ChatRequest {
  return { kind: 'chat', system: 'Be brief. '.repeat(300), messages, parameters: {} };
}

async function ask(
  { gateway }: ReturnType<typeof house>,
  asked: ChatRequest,
  chatId = 'chat',
): Promise<{ readonly events: readonly StreamEvent[]; readonly end: EndEvent }> {
  const events: StreamEvent[] = [];
  for await (const event of gateway.stream({ role: 'chat', chatId, request: asked }, never)) events.push(event);
  const end = events.at(-1);
  if (end?.type !== 'end') throw new Error('no end');
  return { events, end };
}

describe('prompts that are to be kept, through the whole gateway', () => {
  it('what the first turn sent begins what the second sends, and what was still there is reported', async () => {
    let turn = 0;
    await using server = await startHttpServer((...asked) => answers(turn++ === 0 ? 0 : 900)(...asked));
    using asked = house(server.url);
    await ask(asked, request(user('One?')));
    const { end } = await ask(asked, request(user('One?'), said, user('Two?')));
    const [first = '', second = ''] = server.seen.map(({ body }) =>
      body.replaceAll(',"cache_control":{"type":"ephemeral"}', ''),
    );
    const list = /"messages":\[(.*?)\],"/.exec(first)?.[1] ?? 'none';
    expect(second).toContain(`"messages":[${list},`);
    expect(first.slice(0, first.indexOf('"messages"'))).toBe(second.slice(0, second.indexOf('"messages"')));
    expect(server.seen.map(({ body }) => body.split('cache_control').length - 1)).toEqual([2, 3]);
    expect(end.usage).toMatchObject({ input: 1000, cached: 900 });
  });

  it.each([
    [400, 'messages.0.content.0.cache_control: Extra inputs are not permitted'],
    [400, 'system.0: unknown field cache_control'],
    [403, 'You invoked an unsupported model or your request did not allow prompt caching. See the documentation.'],
    [422, 'Unrecognized request argument supplied: cache_control'],
  ])('%i %s: is sent without marks, then and from then on', async (status, message) => {
    await using server = await startHttpServer(refuses(status, message));
    using asked = house(server.url);
    const { events, end } = await ask(asked, request(user('One?')));
    expect(end.finish).toBe('stop');
    expect(events).toContainEqual({
      type: 'notice',
      notice: { kind: 'lesson', model: 'p/m', lesson: { kind: 'omit', name: 'cache_control' } },
    });
    const again = await ask(asked, request(user('Two?')));
    expect(again.events.filter((event) => event.type === 'notice' && event.notice.kind === 'lesson')).toEqual([]);
    expect(server.seen.map(({ body }) => body.includes('cache_control'))).toEqual([true, false, false]);
  });

  it('a refusal of something else is no lesson', async () => {
    await using server = await startHttpServer(refuses(400, 'messages: at least one message is required'));
    using asked = house(server.url);
    const { end } = await ask(asked, request(user('One?')));
    expect(end.error?.code).toBe('invalid-request');
    expect(server.seen).toHaveLength(1);
  });
});

describe('the name of a chat', () => {
  it('is its own, the same in every turn, and says nothing', async () => {
    await using server = await startHttpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(sseData({ choices: [{ delta: { content: 'Yes.' }, finish_reason: 'stop' }] }) + sseData('[DONE]'));
    });
    using asked = house(server.url, { vendor: 'mistral' });
    for (const chat of ['my-chat', 'my-chat', 'other']) await ask(asked, request(user('One?')), chat);
    const names: readonly string[] = server.seen.map(({ body }) => JSON.parse(body).prompt_cache_key);
    expect(names[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(names[1]).toBe(names[0]);
    expect(names[2]).not.toBe(names[0]);
    expect(server.seen.map(({ body }) => body.includes('my-chat'))).toEqual([false, false, false]);
  });
});
