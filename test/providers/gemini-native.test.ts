import { afterAll, describe, expect, it } from 'vitest';
import type { LlmError } from '../../src/llm/llm-error.ts';
import type { AssistantMessage } from '../../src/llm/message.ts';
import { geminiNative, geminiNativeBody } from '../../src/providers/gemini-native.ts';
import { openProviders } from '../../src/providers/providers.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { startHttpServer } from '../support/http-server.ts';
import { ask, hello, modelAt } from './ask.ts';
import { chat, foreign, parameters, text, tools } from './conversation.ts';
import { checkReader, type ReaderCase, readPayloads } from './read-payloads.ts';

const model = modelAt('https://api.example/v1beta');
const picture = { inlineData: { mimeType: 'image/png', data: 'AAAA' } };

const chunk = (parts: readonly JsonObject[], fields: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { role: 'model', parts }, ...fields }],
});

describe('bodies of gemini-native', () => {
  it('a conversation of other models, with pictures, tools and all parameters', () => {
    expect(geminiNativeBody(model, chat)).toEqual({
      contents: [
        { role: 'user', parts: [{ text: 'What is in ' }, { text: 'this picture?' }, picture] },
        {
          role: 'model',
          parts: [
            { text: 'Let me see.' },
            {
              functionCall: { name: 'read', args: { path: 'a' } },
              thoughtSignature: 'skip_thought_signature_validator',
            },
            { functionCall: { name: 'read', args: {} } },
          ],
        },
        {
          role: 'user',
          parts: [
            { functionResponse: { name: 'read', response: { output: 'A' } } },
            { functionResponse: { name: 'read', response: { error: 'no such file' } } },
            picture,
          ],
        },
        { role: 'model', parts: [{ text: 'No.' }] },
        { role: 'user', parts: [{ text: 'Go on.' }] },
      ],
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      tools: [
        {
          functionDeclarations: [
            { name: 'read', description: 'Reads a file', parametersJsonSchema: tools[0]?.parameters },
          ],
        },
      ],
      generationConfig: {
        temperature: 0.5,
        topP: 0.9,
        maxOutputTokens: 100,
        stopSequences: ['END'],
        thinkingConfig: { includeThoughts: true, thinkingLevel: 'low' },
      },
    });
  });

  it('nothing is sent that was not asked for', () => {
    expect(geminiNativeBody(model, { ...hello, system: '', tools: [] })).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
    });
  });

  it('extraBody and omit reach into the group of parameters', () => {
    const extraBody = { generationConfig: { topK: 3, temperature: 1 }, safetySettings: [] };
    const omit = ['topP', 'systemInstruction'];
    const body = geminiNativeBody(model, { ...chat, parameters: { ...parameters, extraBody, omit } });
    expect(body['generationConfig']).toMatchObject({ topK: 3, temperature: 1, maxOutputTokens: 100 });
    expect(body['generationConfig']).not.toHaveProperty('topP');
    expect(body).not.toHaveProperty('systemInstruction');
    expect(body['safetySettings']).toEqual([]);
    const without = geminiNativeBody(model, { ...chat, parameters: { ...parameters, omit: ['generationConfig'] } });
    expect(without).not.toHaveProperty('generationConfig');
  });

  const efforts: readonly (readonly [string, JsonObject])[] = [
    ['none', { thinkingBudget: 0 }],
    ['on', { includeThoughts: true }],
    ['2048', { includeThoughts: true, thinkingBudget: 2048 }],
    ['-1', { includeThoughts: true, thinkingBudget: -1 }],
    ['high', { includeThoughts: true, thinkingLevel: 'high' }],
  ];
  it.each(efforts)('the effort %s', (reasoningEffort, thinkingConfig) => {
    const body = geminiNativeBody(model, { ...hello, parameters: { reasoningEffort } });
    expect(body['generationConfig']).toEqual({ thinkingConfig });
  });

  const addresses: readonly (readonly [string, string, string])[] = [
    ['https://g.example', 'm', 'https://g.example/v1beta/models/m'],
    ['https://g.example/v1beta/', 'models/m', 'https://g.example/v1beta/models/m'],
    ['https://g.example/v1beta/openai', 'm', 'https://g.example/v1beta/models/m'],
    ['https://g.example/v1beta/models/x:generateContent', 'm', 'https://g.example/v1beta/models/m'],
    [
      'https://g.example/v1/projects/p/publishers/google',
      'm',
      'https://g.example/v1/projects/p/publishers/google/models/m',
    ],
    ['https://g.example/v1beta', 'tunedModels/t', 'https://g.example/v1beta/tunedModels/t'],
  ];
  it.each(addresses)('at %s the model %s is asked', (base, id, expected) => {
    const { url, headers } = geminiNative.write(
      { ...modelAt(base, { keyHeader: 'x-goog-api-key', apiKey: 'secret' }), id },
      hello,
    );
    expect(url).toBe(`${expected}:streamGenerateContent?alt=sse`);
    expect(headers).toMatchObject({ 'x-goog-api-key': 'secret' });
    expect(headers).not.toHaveProperty('authorization');
  });
});

describe('a reply over gemini-native is sent back as it came', () => {
  const parts: readonly JsonObject[] = [
    { text: 'I wonder.', thought: true, thoughtSignature: 's1' },
    { text: 'Yes.' },
    { text: '', thoughtSignature: 's2' },
    { executableCode: { language: 'PYTHON', code: '1' } },
    { functionCall: { id: 'f1', name: 'read', args: { path: 'a' } }, thoughtSignature: 's3' },
    { functionCall: { name: 'read', args: {} } },
  ];
  const reply = readPayloads(geminiNative, [chunk(parts, { finishReason: 'STOP' })]).message;
  const contentsOf = (message: AssistantMessage): unknown =>
    geminiNativeBody(model, {
      ...hello,
      messages: [
        message,
        { role: 'tool', toolCallId: 'f1', toolName: 'read', content: [text('A')], isError: false },
        { role: 'tool', toolCallId: 'call00000', toolName: 'read', content: [text('B')], isError: false },
      ],
    })['contents'];
  const responseTo = (fields: JsonObject, output: string): JsonObject => ({
    functionResponse: { ...fields, name: 'read', response: { output } },
  });

  it('part by part, each signature with its own, and ids where the model gave them', () => {
    expect(contentsOf(reply)).toEqual([
      { role: 'model', parts },
      { role: 'user', parts: [responseTo({ id: 'f1' }, 'A'), responseTo({}, 'B')] },
    ]);
  });

  it('to another model it is words and calls only', () => {
    expect(contentsOf({ ...reply, model: 'test/other' })).toEqual([
      {
        role: 'model',
        parts: [
          { text: 'Yes.' },
          { functionCall: { name: 'read', args: { path: 'a' } }, thoughtSignature: 'skip_thought_signature_validator' },
          { functionCall: { name: 'read', args: {} } },
        ],
      },
      { role: 'user', parts: [responseTo({}, 'A'), responseTo({}, 'B')] },
    ]);
  });

  it('nothing of what another wire keeps is looked at', () => {
    expect(contentsOf({ ...foreign, model: model.ref })).toEqual(contentsOf(foreign));
  });
});

const call = (args: string): NonNullable<ReaderCase['content']>[number] => ({
  type: 'tool-call',
  id: '',
  name: 'read',
  arguments: args,
});
const partial = (jsonPath: string, value: JsonObject, fields: JsonObject = { willContinue: true }): JsonObject =>
  chunk([{ functionCall: { partialArgs: [{ jsonPath, ...value }], ...fields } }]);
const begun = chunk([{ functionCall: { name: 'read', willContinue: true } }]);
const over = chunk([{ functionCall: {} }], { finishReason: 'STOP' });

const cases: readonly ReaderCase[] = [
  {
    name: 'a signature closes its part, before and behind',
    payloads: [chunk([{ text: 'a' }, { text: 'b', thoughtSignature: 's' }, { text: 'c' }])],
    content: [text('a'), { ...text('b'), opaque: { thoughtSignature: 's' } }, text('c')],
  },
  {
    name: 'a picture is kept, an empty part is not, a signature alone gets the text it may not be without',
    payloads: [
      chunk([{ inlineData: { data: 'AA' }, thoughtSignature: 's' }, {}, { text: '' }, { thoughtSignature: 't' }]),
    ],
    content: [
      { type: 'opaque', opaque: { part: { inlineData: { data: 'AA' }, thoughtSignature: 's' } } },
      { type: 'opaque', opaque: { part: { text: '', thoughtSignature: 't' } } },
    ],
  },
  {
    name: 'parallel calls, whole',
    payloads: [chunk([{ functionCall: { name: 'read', args: { a: 1 } } }, { functionCall: { name: 'read' } }])],
    content: [call('{"a":1}'), call('{}')],
    end: { finish: 'tool-calls' },
  },
  {
    name: 'arguments value by value',
    payloads: [
      begun,
      partial('$.path', { stringValue: 'a/' }),
      partial('$.path', { stringValue: 'b' }),
      partial('$.lines[0].from', { numberValue: 1 }),
      partial("$.lines[0]['to']", { numberValue: 2 }),
      partial('$.lines[1]', { boolValue: true }),
      partial('$.none', { nullValue: 'NULL_VALUE' }),
      over,
    ],
    content: [call('{"path":"a/b","lines":[{"from":1,"to":2},true],"none":null}')],
    end: { finish: 'tool-calls' },
  },
  {
    name: 'paths that lead nowhere say nothing',
    payloads: [
      begun,
      partial('$.a', { stringValue: 'x' }),
      partial('$.a.b', { stringValue: 'y' }),
      partial('$.list[4294967294]', { stringValue: 'y' }),
      partial('', { stringValue: 'y' }),
      over,
    ],
    content: [call('{"a":{"b":"y"},"list":[]}')],
  },
  {
    name: 'a prompt that was blocked',
    payloads: [{ promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 3 } }],
    content: [],
    end: { finish: 'content-filter', rawFinish: 'PROHIBITED_CONTENT', usage: { input: 3, output: 0 } },
  },
  {
    name: 'thoughts are counted beside the answer',
    payloads: [
      chunk([{ text: 'x' }], { finishReason: 'MAX_TOKENS' }),
      {
        usageMetadata: {
          promptTokenCount: 10,
          cachedContentTokenCount: 4,
          candidatesTokenCount: 5,
          thoughtsTokenCount: 7,
        },
      },
    ],
    end: { finish: 'length', usage: { input: 10, cached: 4, output: 5, reasoning: 7, reasoningApart: true } },
  },
  {
    name: 'a reply one level deeper',
    payloads: [{ response: chunk([{ text: 'x' }], { finishReason: 'STOP' }) }],
    content: [text('x')],
  },
  {
    name: 'only the first of several candidates',
    payloads: [
      { candidates: [{ index: 1, content: { parts: [{ text: 'b' }] } }, { content: { parts: [{ text: 'a' }] } }] },
    ],
    content: [text('a')],
  },
];

describe('the reader of gemini-native', () => {
  it.each(cases)('$name', (row) => checkReader(geminiNative, row));

  const finishes: readonly (readonly [string, string])[] = [
    ['STOP', 'stop'],
    ['SAFETY', 'content-filter'],
    ['MALFORMED_FUNCTION_CALL', 'error'],
    ['SOMETHING_NEW', 'unknown'],
  ];
  it.each(finishes)('%s is %s', (finishReason, finish) => {
    expect(readPayloads(geminiNative, [chunk([{ text: 'x' }], { finishReason })]).finish).toBe(finish);
  });
});

describe('answers of Gemini', () => {
  const providers = openProviders();
  afterAll(() => providers.close());
  const first = chunk([{ text: 'Ye' }]);
  const last = chunk([{ text: 's' }], { finishReason: 'STOP' });
  const crlf = (payload: JsonObject): string => `data: ${JSON.stringify(payload)}\r\n\r\n`;
  const overloaded = { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } };

  const answers: readonly {
    readonly name: string;
    readonly body: string;
    readonly status?: number;
    readonly said: string;
    readonly error?: Partial<LlmError>;
  }[] = [
    { name: 'events with line ends of Windows', body: crlf(first) + crlf(last), said: 'Yes' },
    { name: 'a list of all chunks, as without alt=sse', body: JSON.stringify([first, last]), said: 'Yes' },
    { name: 'one whole reply', body: JSON.stringify(last), said: 's' },
    {
      name: 'an error in the middle',
      body: crlf(first) + crlf(overloaded),
      said: 'Ye',
      error: { code: 'overloaded', status: 503, message: 'The model is overloaded.', retryable: true },
    },
    { name: 'a cut reply', body: crlf(first) + crlf(last).slice(0, 20), said: 'Ye', error: { code: 'stream-cut' } },
    {
      name: 'an error in a list',
      body: JSON.stringify([overloaded]),
      status: 503,
      said: '',
      error: { code: 'overloaded' },
    },
    {
      name: 'a call the model could not write',
      body: crlf(chunk([], { finishReason: 'MALFORMED_FUNCTION_CALL' })),
      said: '',
      error: { code: 'server', retryable: true },
    },
  ];

  it.each(answers)('$name', async ({ body, status = 200, said, error }) => {
    await using server = await startHttpServer((_, response) => void response.writeHead(status).end(body));
    const { end, text: found } = await ask(providers.stream('gemini-native'), modelAt(server.url), hello);
    expect(found).toBe(said);
    if (error) expect(end.error).toMatchObject(error);
    else expect(end.error).toBeUndefined();
  });
});
