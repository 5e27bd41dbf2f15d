import { describe, expect, it } from 'vitest';
import { fitHistory } from '../../src/llm/fit-history.ts';
import type { AssistantPart, Message } from '../../src/llm/message.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ChatProtocol } from '../../src/llm/model-facts.ts';
import type { Quirks } from '../../src/llm/quirks.ts';
import type { ChatRequest, Parameters } from '../../src/llm/request.ts';
import { chatWires, isChatWire } from '../../src/providers/providers.ts';
import { vendors } from '../../src/providers/vendors.ts';
import { isObject, type JsonObject } from '../../src/util/json.ts';
import { modelAt } from './ask.ts';
import { image, text, tools } from './conversation.ts';

const wires = Object.keys(chatWires).filter(isChatWire);
const long = (words: string): string => `${words} `.repeat(Math.ceil(2100 / words.length));

function model(quirks: Quirks, change: Partial<Model> = {}): Model {
  return { ...modelAt('https://api.example/v1', { quirks }), ...change };
}

function bodyOf(wire: (typeof wires)[number], asked: Model, request: ChatRequest): JsonObject {
  return chatWires[wire].write(asked, request).body;
}

/** A conversation that ends where a model is asked for the nth time; every reply over the wire itself. */
function history(protocol: ChatProtocol, turns: number): readonly Message[] {
  const reply = (...content: AssistantPart[]): Message => ({
    role: 'assistant',
    content,
    model: 'test/model',
    protocol,
  });
  const messages: readonly Message[] = [
    { role: 'user', content: [text(long('First question')), image] },
    reply(
      { type: 'reasoning', text: 'Look first.', signature: 'proof', opaque: { thoughtSignature: 'proof' } },
      text('Let me look.'),
      { type: 'tool-call', id: 'call_1', name: 'read', arguments: '{"path":"a"}' },
      { type: 'tool-call', id: 'call_2', name: 'read', arguments: '{"path":"b"}' },
    ),
    { role: 'tool', toolCallId: 'call_1', toolName: 'read', content: [text(long('Alpha')), image], isError: false },
    { role: 'tool', toolCallId: 'call_2', toolName: 'read', content: [text('none')], isError: true },
    reply(text('That is all.')),
    { role: 'user', content: [text('Second question')] },
    reply(text('Second answer')),
    { role: 'user', content: [text('Third'), text(' question')] },
    reply(text('Third answer')),
    { role: 'user', content: [text('Fourth question')] },
  ];
  const ends = messages.flatMap(({ role }, at) =>
    role !== 'assistant' && (messages[at + 1]?.role ?? 'assistant') === 'assistant' ? [at] : [],
  );
  return messages.slice(0, (ends[turns] ?? 0) + 1);
}

const lastTurn = 4;

function requestAt(protocol: ChatProtocol, turn: number, change: Partial<ChatRequest> = {}): ChatRequest {
  const { messages } = fitHistory(history(protocol, turn), { protocol, model: 'test/model' });
  const parameters: Parameters = { temperature: 0.5, maxOutputTokens: 100 };
  return { kind: 'chat', system: long('Be brief.'), messages, tools, parameters, cacheKey: 'chat-1', ...change };
}

/** Marks are no part of what is kept: they move on from turn to turn. */
function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter((member) => !(isObject(member) && 'cachePoint' in member)).map(unmarked);
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'cache_control');
  return Object.fromEntries(entries.map(([name, member]) => [name, unmarked(member)]));
}

function marksIn(value: unknown): number {
  const own = isObject(value) && ('cache_control' in value || 'cachePoint' in value) ? 1 : 0;
  const members = isObject(value) || Array.isArray(value) ? Object.values(value) : [];
  return members.reduce((sum: number, member) => sum + marksIn(member), own);
}

const listNames = ['messages', 'input', 'contents'] as const;

describe('what was sent before is sent again, byte for byte', () => {
  const turns = Array.from({ length: lastTurn }, (_, at) => at);
  const cases = wires.flatMap((wire) =>
    (['never', 'always'] as const).flatMap((cacheMarks) => turns.map((turn) => [wire, cacheMarks, turn] as const)),
  );
  it.each(cases)('%s, marks %s, turn %i', (wire, cacheMarks, turn) => {
    const asked = model({ cacheMarks, cacheKey: true });
    const [before, after] = [turn, turn + 1].map((at) => {
      const body = unmarked(bodyOf(wire, asked, requestAt(wire, at)));
      if (!isObject(body)) throw new Error('no body');
      const name = listNames.find((candidate) => candidate in body) ?? 'messages';
      const { [name]: list, ...rest } = body;
      return { list: JSON.stringify(list), rest: JSON.stringify(rest), names: Object.keys(body).join() };
    });
    const prefix = before?.list.slice(0, -1) ?? '';
    expect(after?.list.slice(0, prefix.length)).toBe(prefix);
    expect(after?.list[prefix.length], 'a new message follows').toBe(',');
    expect(after?.rest).toBe(before?.rest);
    expect(after?.names).toBe(before?.names);
  });
});

const mark = { cache_control: { type: 'ephemeral' } };

describe('marks', () => {
  it.each(wires)('%s: four at most, and none that was not asked for', (wire) => {
    const bodies = Array.from({ length: lastTurn + 1 }, (_, turn) => requestAt(wire, turn));
    const hasMarks = ['anthropic-messages', 'openai-chat', 'bedrock-converse'].includes(wire);
    const counts = bodies.map((request) => marksIn(bodyOf(wire, model({ cacheMarks: 'always' }), request)));
    // The tools alone are too short.
    expect(counts).toEqual(hasMarks ? [2, 3, 3, 3, 3] : [0, 0, 0, 0, 0]);
    expect(bodies.map((request) => marksIn(bodyOf(wire, model({}), request)))).toEqual([0, 0, 0, 0, 0]);
  });

  it('anthropic-messages: after tools, system and the last two turns of the user', () => {
    const longTools = [...tools, { name: 'write', description: long('Writes'), parameters: { type: 'object' } }];
    const body = bodyOf(
      'anthropic-messages',
      model({ cacheMarks: 'always' }),
      requestAt('anthropic-messages', 2, { tools: longTools }),
    );
    expect(body['tools']).toMatchObject([{ name: 'read' }, { name: 'write', ...mark }]);
    expect(body['system']).toEqual([{ type: 'text', text: long('Be brief.'), ...mark }]);
    expect(body['messages']).toMatchObject([
      { role: 'user', content: [{ type: 'text' }, { type: 'image' }] },
      { role: 'assistant' },
      { role: 'user', content: [{ type: 'tool_result' }, { type: 'tool_result', tool_use_id: 'call_2', ...mark }] },
      { role: 'assistant' },
      { role: 'user', content: [{ type: 'text', text: 'Second question', ...mark }] },
    ]);
    expect(marksIn(body)).toBe(4);
  });

  it('openai-chat: in parts, the results of tools too', () => {
    const body = bodyOf('openai-chat', model({ cacheMarks: 'always' }), requestAt('openai-chat', 2));
    expect(body['messages']).toMatchObject([
      { role: 'system', content: [{ type: 'text', ...mark }] },
      { role: 'user', content: [{ type: 'text' }, { type: 'image_url' }] },
      { role: 'assistant', content: 'Let me look.' },
      { role: 'tool', content: [{ type: 'text' }] },
      { role: 'tool', content: [{ type: 'text', text: 'none', ...mark }] },
      { role: 'user', content: [{ type: 'image_url' }] },
      { role: 'assistant' },
      { role: 'user', content: [{ type: 'text', text: 'Second question', ...mark }] },
    ]);
    expect(marksIn(body)).toBe(3);
  });

  it('bedrock-converse: points of their own', () => {
    const body = bodyOf('bedrock-converse', model({ cacheMarks: 'always' }), requestAt('bedrock-converse', 0));
    const point = { cachePoint: { type: 'default' } };
    expect(body['system']).toEqual([{ text: long('Be brief.') }, point]);
    expect(body['messages']).toEqual([{ role: 'user', content: [expect.anything(), expect.anything(), point] }]);
  });

  const price = { input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75 };
  it.each<[string, Quirks, Partial<Model>, Partial<ChatRequest>, number]>([
    ['what is short is not marked', { cacheMarks: 'always' }, {}, { system: 'Be brief.', messages: [] }, 0],
    ['a price for putting away asks for them', { cacheMarks: 'priced' }, { facts: { price } }, {}, 2],
    ['none is none', { cacheMarks: 'priced' }, { facts: { price: { ...price, cacheWrite: 0 } } }, {}, 0],
    [
      'what the user or a lesson leaves out',
      { cacheMarks: 'always' },
      {},
      { parameters: { omit: ['cache_control'] } },
      0,
    ],
    ['what the user writes', { cacheMarks: 'always' }, {}, { parameters: { extraBody: { cache_control: null } } }, 1],
  ])('%s', (_, quirks, change, request, count) => {
    for (const wire of ['anthropic-messages', 'openai-chat'] as const) {
      expect(marksIn(bodyOf(wire, model(quirks, change), requestAt(wire, 0, request))), wire).toBe(count);
    }
  });
});

describe('the name of a chat', () => {
  it('is told where it is understood', () => {
    for (const wire of ['openai-chat', 'openai-responses'] as const) {
      expect(bodyOf(wire, model({ cacheKey: true }), requestAt(wire, 0))).toMatchObject({ prompt_cache_key: 'chat-1' });
      expect(bodyOf(wire, model({}), requestAt(wire, 0))).not.toHaveProperty('prompt_cache_key');
    }
  });

  it('and no vendor understands both a name and marks', () => {
    const both = vendors.filter(({ quirks }) => quirks.cacheKey && quirks.cacheMarks);
    expect(both.map(({ id }) => id)).toEqual([]);
    const named = vendors.filter(({ quirks }) => quirks.cacheKey).map(({ id }) => id);
    expect(named).toEqual(['openai', 'xai', 'mistral', 'codestral', 'moonshot', 'azure']);
    const marked = vendors.filter(({ quirks }) => quirks.cacheMarks).map(({ id }) => id);
    expect(marked).toEqual(['anthropic', 'bedrock', 'openrouter', 'litellm', 'anthropic-compatible']);
  });
});
