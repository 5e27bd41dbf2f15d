import { afterAll, describe, expect, it } from 'vitest';
import type { LlmError } from '../../src/llm/llm-error.ts';
import { ollamaChat, ollamaChatBody } from '../../src/providers/ollama-chat.ts';
import { ollamaGenerate, ollamaGenerateBody } from '../../src/providers/ollama-generate.ts';
import { openProviders } from '../../src/providers/providers.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { startHttpServer } from '../support/http-server.ts';
import { ask, fill, hello, modelAt } from './ask.ts';
import { chat, foreign, parameters, text, tools } from './conversation.ts';
import { checkReader, type ReaderCase } from './read-payloads.ts';

const model = modelAt('http://localhost:11434');
const options = { num_predict: 100, temperature: 0.5, top_p: 0.9, stop: ['END'] };

describe('bodies of Ollama', () => {
  it('a conversation of other models, with pictures, tools and all parameters', () => {
    expect(ollamaChatBody(model, chat)).toEqual({
      model: 'model',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is in this picture?', images: ['AAAA'] },
        {
          role: 'assistant',
          content: 'Let me see.',
          tool_calls: [
            { id: 'call_1', function: { name: 'read', arguments: { path: 'a' } } },
            { id: 'call_2', function: { name: 'read', arguments: {} } },
          ],
        },
        { role: 'tool', content: 'A', images: ['AAAA'], tool_name: 'read', tool_call_id: 'call_1' },
        { role: 'tool', content: 'no such file', tool_name: 'read', tool_call_id: 'call_2' },
        { role: 'assistant', content: 'No.' },
        { role: 'user', content: 'Go on.' },
      ],
      tools: [{ type: 'function', function: tools[0] }],
      think: 'low',
      options,
      stream: true,
    });
  });

  it('its own thoughts go back to the model that thought them', () => {
    const message = { ...foreign, protocol: 'ollama-chat', model: model.ref } as const;
    const body = ollamaChatBody(model, { ...hello, messages: [message] });
    expect(body['messages']).toMatchObject([{ thinking: 'I should look.' }]);
  });

  it('nothing is sent that was not asked for', () => {
    expect(ollamaChatBody(model, { ...hello, system: '', tools: [], parameters: { stop: [] } })).toEqual({
      model: 'model',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
    });
  });

  it('extraBody and omit reach into the options', () => {
    const extraBody = { options: { num_ctx: 8192 }, keep_alive: '5m' };
    const body = ollamaChatBody(model, { ...chat, parameters: { ...parameters, extraBody, omit: ['top_p'] } });
    const { top_p: _, ...others } = options;
    expect(body).toMatchObject({ keep_alive: '5m' });
    expect(body['options']).toEqual({ ...others, num_ctx: 8192 });
  });

  const efforts: readonly (readonly [string, boolean | string])[] = [
    ['none', false],
    ['on', true],
    ['high', 'high'],
  ];
  it.each(efforts)('the effort %s', (reasoningEffort, think) => {
    expect(ollamaChatBody(model, { ...hello, parameters: { reasoningEffort } })['think']).toBe(think);
  });

  it('a hole is a prompt and a suffix, a raw prompt goes past the template', () => {
    expect(ollamaGenerateBody(model, { ...fill, parameters })).toEqual({
      model: 'model',
      prompt: 'a = ',
      suffix: '\nb = 2',
      options,
      stream: true,
    });
    expect(ollamaGenerateBody(model, { ...fill, prompt: { type: 'raw', text: '<PRE>' } })).toEqual({
      model: 'model',
      prompt: '<PRE>',
      raw: true,
      stream: true,
    });
  });

  it.each(['', '/', '/v1', '/api', '/api/chat', '/api/generate', '/v1/chat/completions'])('at …%s', (path) => {
    const pasted = modelAt(`http://localhost:11434${path}`);
    expect(ollamaChat.write(pasted, hello).url).toBe('http://localhost:11434/api/chat');
    expect(ollamaGenerate.write(pasted, fill).url).toBe('http://localhost:11434/api/generate');
  });
});

const cases: readonly ReaderCase[] = [
  {
    name: 'thoughts, words and parallel calls',
    payloads: [
      { message: { role: 'assistant', content: '', thinking: 'Hm' }, done: false },
      { message: { role: 'assistant', content: 'Yes', thinking: 'm.' }, done: false },
      {
        message: {
          content: '',
          tool_calls: [
            { id: 'c1', function: { index: 0, name: 'read', arguments: { path: 'a' } } },
            { function: { name: 'read', arguments: '{"path":"b"}' } },
            { function: { name: 'now' } },
          ],
        },
        done: false,
      },
      { message: { content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 3, eval_count: 4 },
    ],
    content: [
      { type: 'reasoning', text: 'Hmm.' },
      text('Yes'),
      { type: 'tool-call', id: 'c1', name: 'read', arguments: '{"path":"a"}' },
      { type: 'tool-call', id: '', name: 'read', arguments: '{"path":"b"}' },
      { type: 'tool-call', id: '', name: 'now', arguments: '{}' },
    ],
    end: { finish: 'tool-calls', rawFinish: 'stop', usage: { input: 3, output: 4 } },
  },
  {
    name: 'a whole reply of generate',
    payloads: [{ response: 'Yes', done: true, done_reason: 'length', eval_count: 4 }],
    content: [text('Yes')],
    end: { finish: 'length', usage: { input: 0, output: 4 } },
  },
  { name: 'an old server ends without a reason', payloads: [{ response: 'x', done: true }], end: { finish: 'stop' } },
];

describe('the reader of Ollama', () => {
  it.each(cases)('$name', (row) => checkReader(ollamaChat, row));
});

describe('answers of Ollama', () => {
  const providers = openProviders();
  afterAll(() => providers.close());
  const line = (content: string): string => `${JSON.stringify({ message: { content }, done: false })}\n`;
  const last = `${JSON.stringify({ message: { content: '' }, done: true, done_reason: 'stop' })}\n`;

  const answers: readonly {
    readonly name: string;
    readonly body: string;
    readonly status?: number;
    readonly said: string;
    readonly error?: Partial<LlmError>;
  }[] = [
    { name: 'lines', body: line('Ye') + line('s') + last, said: 'Yes' },
    { name: 'a last line without its end', body: line('Yes') + last.trimEnd(), said: 'Yes' },
    { name: 'one whole reply', body: JSON.stringify({ message: { content: 'Yes' }, done: true }), said: 'Yes' },
    { name: 'lines that became events on the way', body: `data: ${line('Yes')}\ndata: ${last}\n`, said: 'Yes' },
    {
      name: 'an error as the last line',
      body: `${line('Ye')}{"error":"an error was encountered while running the model"}\n`,
      said: 'Ye',
      error: { code: 'server', message: 'an error was encountered while running the model' },
    },
    { name: 'a cut reply', body: line('Ye') + line('s').slice(0, 9), said: 'Ye', error: { code: 'stream-cut' } },
    {
      name: 'a line that is no JSON',
      body: `${line('Ye')}{"message":\n${last}`,
      said: 'Ye',
      error: { code: 'malformed-response' },
    },
    {
      name: 'a model that is not there',
      body: '{"error":"model \'x\' not found"}',
      status: 404,
      said: '',
      error: { code: 'not-found', message: "model 'x' not found" },
    },
    {
      name: 'a model without tools',
      body: '{"error":"registry.ollama.ai/library/gemma:2b does not support tools"}',
      status: 400,
      said: '',
      error: { code: 'unsupported' },
    },
    { name: 'a web page', body: '<html><title>Proxy</title></html>', said: '', error: { code: 'not-an-api' } },
  ];

  it.each(answers)('$name', async ({ body, status = 200, said, error }) => {
    await using server = await startHttpServer((_, response) => void response.writeHead(status).end(body));
    const { end, text: found } = await ask(providers.stream('ollama-chat'), modelAt(server.url), hello);
    expect(found).toBe(said);
    if (error) expect(end.error).toMatchObject(error);
    else expect(end.error).toBeUndefined();
  });

  it('a completion streams', async () => {
    const pieces: readonly JsonObject[] = [{ response: '1' }, { response: '2', done: true, done_reason: 'stop' }];
    await using server = await startHttpServer(
      (_, response) => void response.end(pieces.map((piece) => `${JSON.stringify(piece)}\n`).join('')),
    );
    const { end, text: found } = await ask(providers.stream('ollama-generate'), modelAt(server.url), fill);
    expect([found, end.finish]).toEqual(['12', 'stop']);
  });
});
