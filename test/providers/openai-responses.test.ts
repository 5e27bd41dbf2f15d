import { afterAll, describe, expect, it } from 'vitest';
import type { LlmError } from '../../src/llm/llm-error.ts';
import type { AssistantMessage, AssistantPart } from '../../src/llm/message.ts';
import { openaiResponses, openaiResponsesBody } from '../../src/providers/openai-responses.ts';
import { openProviders } from '../../src/providers/providers.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { sseData, startHttpServer } from '../support/http-server.ts';
import { ask, hello, modelAt } from './ask.ts';
import { chat, foreign, parameters, text, tools } from './conversation.ts';
import { checkReader, type ReaderCase, readPayloads } from './read-payloads.ts';

const model = modelAt('https://api.example/v1');

const added = (item: JsonObject, index?: number): JsonObject => ({
  type: 'response.output_item.added',
  item,
  ...(index !== undefined && { output_index: index }),
});
const done = (item: JsonObject, index?: number): JsonObject => ({
  ...added(item, index),
  type: 'response.output_item.done',
});
const completed = (fields: JsonObject = {}): JsonObject => ({
  type: 'response.completed',
  response: { object: 'response', status: 'completed', ...fields },
});

const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'read' };
const thought = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' };
const said = { type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', phase: 'commentary' };
const words = (saying: string): JsonObject => ({ ...said, content: [{ type: 'output_text', text: saying }] });

describe('bodies of openai-responses', () => {
  it('a conversation of other models, with pictures, tools and all parameters', () => {
    expect(openaiResponsesBody(model, chat)).toEqual({
      model: 'model',
      input: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is in ' },
            { type: 'input_text', text: 'this picture?' },
            { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'auto' },
          ],
        },
        { role: 'assistant', content: 'Let me see.' },
        { type: 'function_call', call_id: 'call_1', name: 'read', arguments: '{"path":"a"}' },
        { type: 'function_call', call_id: 'call_2', name: 'read', arguments: '{}' },
        {
          type: 'function_call_output',
          call_id: 'call_1',
          output: [
            { type: 'input_text', text: 'A' },
            { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'auto' },
          ],
        },
        { type: 'function_call_output', call_id: 'call_2', output: 'no such file' },
        { role: 'assistant', content: 'No.' },
        { role: 'user', content: 'Go on.' },
      ],
      tools: [{ type: 'function', ...tools[0], strict: false }],
      temperature: 0.5,
      top_p: 0.9,
      max_output_tokens: 100,
      reasoning: { effort: 'low', summary: 'auto' },
      store: false,
      include: ['reasoning.encrypted_content'],
      stream: true,
    });
  });

  it('nothing is sent that was not asked for', () => {
    const { facts, ...rest } = model;
    const plain = { ...rest, facts: { ...facts, reasoningEfforts: [] } };
    expect(openaiResponsesBody(plain, { ...hello, system: '', tools: [] })).toEqual({
      model: 'model',
      input: [{ role: 'user', content: 'Hello' }],
      store: false,
      stream: true,
    });
  });

  const efforts: readonly (readonly [string, JsonObject])[] = [
    ['none', { effort: 'none' }],
    ['on', { summary: 'auto' }],
    ['xhigh', { effort: 'xhigh', summary: 'auto' }],
  ];
  it.each(efforts)('the effort %s', (reasoningEffort, reasoning) => {
    expect(openaiResponsesBody(model, { ...hello, parameters: { reasoningEffort } })['reasoning']).toEqual(reasoning);
  });

  it('quirks name the role of the system prompt and leave out sampling; extraBody and omit have the last word', () => {
    const quirky = modelAt('https://api.example/v1', { quirks: { systemRole: 'developer', sampling: false } });
    const extraBody = { store: true, service_tier: 'flex' };
    const body = openaiResponsesBody(quirky, { ...chat, parameters: { ...parameters, extraBody, omit: ['include'] } });
    expect(body).toMatchObject({ input: { 0: { role: 'developer' } }, store: true, service_tier: 'flex' });
    for (const absent of ['temperature', 'top_p', 'include', 'stop']) expect(body).not.toHaveProperty(absent);
  });

  it('the path is beside the other ones, whatever was pasted', () => {
    for (const base of ['https://api.example', 'https://api.example/v1/', 'https://api.example/v1/responses']) {
      expect(openaiResponses.write(modelAt(base), hello).url).toBe('https://api.example/v1/responses');
    }
  });
});

describe('a reply over openai-responses is sent back as it came', () => {
  const reply = (payloads: ReaderCase['payloads']): AssistantMessage => readPayloads(openaiResponses, payloads).message;
  const inputOf = (message: AssistantMessage): unknown =>
    openaiResponsesBody(model, { ...hello, messages: [message] })['input'];

  it('all items in order: thoughts, words, searches, calls', () => {
    const search = { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { query: 'x' } };
    const open = { ...thought, id: 'rs_2', summary: [{ type: 'summary_text', text: 'I see.' }], status: null };
    const message = reply([
      done(thought, 0),
      done(search, 1),
      done(words('Wait.'), 2),
      done(open, 3),
      done({ ...call, arguments: '{"path":"a"}', status: 'completed' }, 4),
      done({ ...call, id: 'fc_2', call_id: 'call_2', arguments: '' }, 5),
      completed(),
    ]);
    expect(inputOf(message)).toEqual([
      thought,
      search,
      { ...said, content: [{ type: 'output_text', text: 'Wait.', annotations: [] }] },
      { ...thought, id: 'rs_2', summary: [{ type: 'summary_text', text: 'I see.' }] },
      { ...call, arguments: '{"path":"a"}', status: 'completed' },
      { ...call, id: 'fc_2', call_id: 'call_2', arguments: '{}' },
    ]);
  });

  it('over the same wire to another model it is words and calls only', () => {
    const message = reply([done(thought, 0), done(words('Wait.'), 1), done({ ...call, arguments: '{}' }, 2)]);
    expect(inputOf({ ...message, model: 'test/other' })).toEqual([
      { role: 'assistant', content: 'Wait.' },
      { type: 'function_call', call_id: 'call_1', name: 'read', arguments: '{}' },
    ]);
  });

  it('a thought that is not sealed stays here, and with it the ids that would ask for it', () => {
    const { encrypted_content: _, ...open } = thought;
    expect(inputOf(reply([done(open, 0), done({ ...call, arguments: '{}' }, 1)]))).toEqual([
      { type: 'function_call', call_id: 'call_1', name: 'read', arguments: '{}' },
    ]);
  });

  it('a search keeps its id, without which it is none', () => {
    const { encrypted_content: _, ...open } = thought;
    const search = { type: 'web_search_call', id: 'ws_1', status: 'completed' };
    const { id: __, ...saidWithoutId } = said;
    expect(inputOf(reply([done(open, 0), done(search, 1), done(words('Yes.'), 2)]))).toEqual([
      search,
      { ...saidWithoutId, content: [{ type: 'output_text', text: 'Yes.', annotations: [] }] },
    ]);
  });

  it('a thought in the open, as servers of open models send it, goes back', () => {
    const { encrypted_content: _, ...rest } = thought;
    const open = { ...rest, content: [{ type: 'reasoning_text', text: 'Hm.' }] };
    expect(inputOf(reply([done(open, 0), done(words('Yes.'), 1)]))).toMatchObject([open, { type: 'message' }]);
  });

  it('a thought that led to nothing stays here', () => {
    expect(inputOf(reply([done(words('Yes.'), 0), done(thought, 1)]))).toMatchObject([{ type: 'message' }]);
  });

  it('a call with a new id goes back under it', () => {
    const message = reply([done({ ...call, arguments: '{}' }, 0)]);
    const content = message.content.map(
      (part): AssistantPart => (part.type === 'tool-call' ? { ...part, id: 'new' } : part),
    );
    expect(inputOf({ ...message, content })).toEqual([{ ...call, call_id: 'new', arguments: '{}' }]);
  });

  it('nothing of what another wire keeps is looked at', () => {
    const own: AssistantMessage = { ...foreign, protocol: 'anthropic-messages', model: model.ref };
    expect(inputOf(own)).toEqual(inputOf(foreign));
  });
});

const cases: readonly ReaderCase[] = [
  {
    name: 'pieces find their item without a place, by its id',
    payloads: [
      added({ ...call, id: 'a', call_id: 'c1' }),
      added({ ...call, id: 'b', call_id: 'c2' }),
      { type: 'response.function_call_arguments.delta', item_id: 'a', delta: '{"a"' },
      { type: 'response.function_call_arguments.delta', item_id: 'b', delta: '{"b"' },
      { type: 'response.function_call_arguments.delta', item_id: 'a', delta: ':1}' },
      { type: 'response.function_call_arguments.delta', item_id: 'b', delta: ':2}' },
    ],
    content: [
      { type: 'tool-call', id: 'c1', name: 'read', arguments: '{"a":1}' },
      { type: 'tool-call', id: 'c2', name: 'read', arguments: '{"b":2}' },
    ],
    end: { finish: 'tool-calls' },
  },
  {
    name: 'pieces find their item by its place, though its id changes on the way',
    payloads: [
      added({ ...call, id: 'x1' }, 0),
      { type: 'response.function_call_arguments.delta', item_id: 'x2', output_index: 0, delta: '{}' },
      done({ ...call, id: 'x3', arguments: '{}' }, 0),
      completed({ output: [{ ...call, id: 'x4', arguments: '{}' }] }),
    ],
    content: [
      { type: 'tool-call', id: 'call_1', name: 'read', arguments: '{}', opaque: { item: { ...call, id: 'x3' } } },
    ],
  },
  {
    name: 'pieces without place and id belong to the item before',
    payloads: [added(call), { type: 'response.function_call_arguments.delta', delta: '{}' }],
    content: [{ type: 'tool-call', id: 'call_1', name: 'read', arguments: '{}' }],
  },
  {
    name: 'the name of the event stands in for a missing type',
    payloads: [['response.output_text.delta', { delta: 'Yes' }]],
    content: [text('Yes')],
  },
  {
    name: 'what came in no piece is taken from the whole item',
    payloads: [added(said, 0), done(words('Yes.'), 0), completed({ output: [words('Yes.')] })],
    content: [{ ...text('Yes.'), opaque: { item: said } }],
  },
  {
    name: 'what came in no event is taken from the whole response',
    payloads: [completed({ output: [words('Yes.'), { ...call, arguments: '{}' }] })],
    content: [
      { ...text('Yes.'), opaque: { item: said } },
      { type: 'tool-call', id: 'call_1', name: 'read', arguments: '{}', opaque: { item: call } },
    ],
  },
  {
    name: 'a whole response without any stream',
    payloads: [{ object: 'response', status: 'completed', output: [words('Yes.')], usage: { input_tokens: 1 } }],
    content: [{ ...text('Yes.'), opaque: { item: said } }],
    end: { finish: 'stop', rawFinish: 'completed', usage: { input: 1, output: 0 } },
  },
  {
    name: 'two messages are two parts',
    payloads: [done(words('One.'), 0), done(words('Two.'), 1)],
    content: [
      { ...text('One.'), opaque: { item: said } },
      { ...text('Two.'), opaque: { item: said } },
    ],
  },
  {
    name: 'words and a refusal',
    payloads: [
      { type: 'response.output_text.delta', output_index: 0, delta: 'Well, ' },
      { type: 'response.refusal.delta', output_index: 0, delta: 'no.' },
      done({ ...said, content: [{ text: 'Well, ' }, { type: 'refusal', refusal: 'no.' }] }, 0),
      completed(),
    ],
    content: [text('Well, '), { type: 'refusal', text: 'no.' }],
  },
  {
    name: 'a reply cut by its limit',
    payloads: [
      { type: 'response.output_text.delta', delta: 'Once' },
      {
        type: 'response.incomplete',
        response: { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
      },
    ],
    end: { finish: 'length', rawFinish: 'incomplete' },
  },
  {
    name: 'a reply held back',
    payloads: [
      {
        type: 'response.incomplete',
        response: { status: 'incomplete', incomplete_details: { reason: 'content_filter' } },
      },
    ],
    end: { finish: 'content-filter' },
  },
  {
    name: 'usage',
    payloads: [
      completed({
        usage: {
          input_tokens: 10,
          input_tokens_details: { cached_tokens: 4, cache_write_tokens: 2 },
          output_tokens: 5,
          output_tokens_details: { reasoning_tokens: 3 },
        },
      }),
    ],
    end: { usage: { input: 10, cached: 4, cacheWrite: 2, output: 5, reasoning: 3 } },
  },
];

describe('the reader of openai-responses', () => {
  it.each(cases)('$name', (row) => checkReader(openaiResponses, row));
});

describe('answers of responses', () => {
  const providers = openProviders();
  afterAll(() => providers.close());
  const piece = sseData({ type: 'response.output_text.delta', output_index: 0, delta: 'Yes' });
  const failed = {
    type: 'response.failed',
    response: { status: 'failed', error: { code: 'server_error', message: 'Sorry' } },
  };

  const answers: readonly {
    readonly name: string;
    readonly body: string;
    readonly said: string;
    readonly error?: Partial<LlmError>;
  }[] = [
    { name: 'a stream', body: piece + sseData(completed()), said: 'Yes' },
    {
      name: 'one whole response',
      body: JSON.stringify(completed({ output: [words('Yes')] })['response']),
      said: 'Yes',
    },
    { name: 'no end', body: piece, said: 'Yes', error: { code: 'stream-cut' } },
    {
      name: 'a failed response',
      body: piece + sseData(failed),
      said: 'Yes',
      error: { code: 'server', message: 'Sorry' },
    },
    {
      name: 'an error event, its words inside',
      body: piece + sseData({ type: 'error', error: { code: 'rate_limit_exceeded', message: 'Rate limit reached' } }),
      said: 'Yes',
      error: { code: 'rate-limit', message: 'Rate limit reached', retryable: true },
    },
    {
      name: 'an error event, its words beside',
      body: sseData({ type: 'error', code: 'insufficient_quota', message: 'You exceeded your current quota' }),
      said: '',
      error: { code: 'quota', message: 'You exceeded your current quota' },
    },
    {
      name: 'nothing but its own beginning',
      body: sseData({ type: 'response.created', response: { status: 'in_progress', error: null } }),
      said: '',
      error: { code: 'empty-response' },
    },
  ];

  it.each(answers)('$name', async ({ body, said, error }) => {
    await using server = await startHttpServer((_, response) => void response.end(body));
    const { end, text: found } = await ask(providers.stream('openai-responses'), modelAt(server.url), hello);
    expect(found).toBe(said);
    if (error) expect(end.error).toMatchObject(error);
    else expect(end.error).toBeUndefined();
  });
});
