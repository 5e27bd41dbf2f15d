import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LlmError } from '../../src/llm/llm-error.ts';
import type { Message } from '../../src/llm/message.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import { openProviders } from '../../src/providers/providers.ts';
import type { WireName } from '../../src/providers/wire-protocol.ts';
import { type Asked, ask, fill, modelAt, saidIn } from './ask.ts';
import { text, tools } from './conversation.ts';

/** Wires of which a server that nobody here wrote has its own idea. */
const wires = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini-native',
  'ollama-chat',
  'bedrock-converse',
] as const satisfies readonly WireName[];

const providers = openProviders();
const server = new LLMock({ port: 0, chunkSize: 4 });
const unfinished = 'This is a sentence that is much too long to come through in the little time it has';
const calls = [
  { id: 'call_a', name: 'read', arguments: '{"path":"a"}' },
  { id: 'call_b', name: 'read', arguments: '{"path":"b"}' },
];

beforeAll(async () => {
  server.onMessage('Say hello', { content: 'Hello there, 第一 🏆!' });
  server.onMessage('Think first', { content: 'The answer is 4.', reasoning: 'Two and two make four.' });
  server.onMessage('Read both', { toolCalls: calls });
  server.onMessage('Be refused', { error: { message: 'No such luck', type: 'invalid_request_error' }, status: 400 });
  server.onMessage('Be slowed down', { content: 'never seen' }, { chaos: { rateLimitRate: 1 } });
  server.onMessage('Get noise', { content: 'never seen' }, { chaos: { malformedRate: 1 } });
  server.onMessage('Get nothing', { content: 'never seen' }, { chaos: { disconnectRate: 1 } });
  server.onMessage('Break off', { content: unfinished }, { truncateAfterChunks: 8, latency: 5 });
  await server.start();
});

afterAll(async () => {
  providers.close();
  await server.stop();
});

function say(words: string): ChatRequest {
  return { kind: 'chat', messages: [{ role: 'user', content: [text(words)] }], tools, parameters: {} };
}

function asked(wire: WireName, request: ChatRequest): Promise<Asked> {
  return ask(providers.stream(wire), modelAt(server.url, { apiKey: 'mock' }), request);
}

it('aimock completes over ollama-generate', async () => {
  const prompt = { type: 'infill', prefix: 'Say hello', suffix: '', extra: [] } as const;
  const { text: found, end } = await ask(providers.stream('ollama-generate'), modelAt(server.url), { ...fill, prompt });
  expect([found, end.finish]).toEqual(['Hello there, 第一 🏆!', 'stop']);
});

describe.each(wires)('aimock over %s', (wire) => {
  it('text, in pieces', async () => {
    const { end, text: found, events } = await asked(wire, say('Say hello'));
    expect(found).toBe('Hello there, 第一 🏆!');
    expect(end).toMatchObject({ finish: 'stop' });
    expect(end.error).toBeUndefined();
    expect(events.length).toBeGreaterThan(0);
  });

  it('parallel calls, and their results', async () => {
    const { end } = await asked(wire, say('Read both'));
    const found = saidIn(end.message).toolCalls;
    expect(found.map(({ name, arguments: args }) => [name, JSON.parse(args)])).toEqual(
      calls.map(({ name, arguments: args }) => [name, JSON.parse(args)]),
    );
    expect(end.finish).toBe('tool-calls');
    const results = found.map(
      ({ id, name }): Message => ({
        role: 'tool',
        toolCallId: id,
        toolName: name,
        content: [text(`read ${id}`)],
        isError: false,
      }),
    );
    const history: readonly Message[] = [...say('Read both').messages, end.message, ...results];
    const next = await asked(wire, { ...say(''), messages: [...history, ...say('Say hello').messages] });
    expect(next.text).toBe('Hello there, 第一 🏆!');
  });

  it('thoughts apart from the answer', async () => {
    const { end, text: found } = await asked(wire, say('Think first'));
    expect(found).toBe('The answer is 4.');
    expect(saidIn(end.message).reasoning).toBe('Two and two make four.');
  });

  const faults: readonly { readonly name: string; readonly says: string; readonly error: Partial<LlmError> }[] = [
    {
      name: 'a refusal in the vendor’s own form',
      says: 'Be refused',
      error: { code: 'invalid-request', status: 400, message: 'No such luck' },
    },
    {
      name: '429 with Retry-After',
      says: 'Be slowed down',
      error: { code: 'rate-limit', status: 429, retryable: true, retryAfterMs: 1000 },
    },
    { name: 'JSON that is none', says: 'Get noise', error: { code: 'malformed-response' } },
    { name: 'a connection closed without a word', says: 'Get nothing', error: { code: 'connection-lost' } },
  ];

  it.each(faults)('$name', async ({ says, error }) => {
    const { end } = await asked(wire, say(says));
    expect(end.message.content).toEqual([]);
    expect(end.error).toMatchObject(error);
  });

  it('a reply that breaks off keeps what came', async () => {
    const { end, text: found } = await asked(wire, say('Break off'));
    expect(unfinished.startsWith(found)).toBe(true);
    expect(found.length).toBeGreaterThan(0);
    expect(end.error).toMatchObject({ code: 'stream-cut', retryable: true });
  });
});
