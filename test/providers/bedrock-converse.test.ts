import { afterAll, describe, expect, it } from 'vitest';
import type { LlmError } from '../../src/llm/llm-error.ts';
import { bedrockConverse, bedrockConverseBody } from '../../src/providers/bedrock-converse.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { awsEvent, awsFrame } from '../support/aws-frames.ts';
import { startHttpServer } from '../support/http-server.ts';
import { ask, hello, modelAt } from './ask.ts';
import { chat, foreign, parameters, text, tools } from './conversation.ts';
import { checkReader, type ReaderCase, readPayloads } from './read-payloads.ts';

const model = modelAt('https://bedrock.example');
const picture = { image: { format: 'png', source: { bytes: 'AAAA' } } };

describe('bodies of bedrock-converse', () => {
  it('a conversation of other models, with pictures, tools and all parameters', () => {
    expect(bedrockConverseBody(model, chat)).toEqual({
      messages: [
        { role: 'user', content: [{ text: 'What is in ' }, { text: 'this picture?' }, picture] },
        {
          role: 'assistant',
          content: [
            { text: 'Let me see.' },
            { toolUse: { toolUseId: 'call_1', name: 'read', input: { path: 'a' } } },
            { toolUse: { toolUseId: 'call_2', name: 'read', input: {} } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 'call_1', content: [{ text: 'A' }, picture] } },
            { toolResult: { toolUseId: 'call_2', content: [{ text: 'no such file' }], status: 'error' } },
          ],
        },
        { role: 'assistant', content: [{ text: 'No.' }] },
        { role: 'user', content: [{ text: 'Go on.' }] },
      ],
      system: [{ text: 'Be brief.' }],
      toolConfig: {
        tools: [
          { toolSpec: { name: 'read', description: 'Reads a file', inputSchema: { json: tools[0]?.parameters } } },
        ],
      },
      inferenceConfig: { maxTokens: 100, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
    });
  });

  it('nothing is sent that was not asked for', () => {
    expect(bedrockConverseBody(model, { ...hello, system: '', tools: [] })).toEqual({
      messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
    });
  });

  it('tools of the past are named again, and a result without words gets some', () => {
    const result = { role: 'tool', toolCallId: 'call_1', toolName: 'read', content: [], isError: false } as const;
    const body = bedrockConverseBody(model, { ...hello, messages: [foreign, result] });
    expect(body['toolConfig']).toEqual({
      tools: [{ toolSpec: { name: 'read', inputSchema: { json: { type: 'object' } } } }],
    });
    expect(body['messages']).toMatchObject([{}, { content: [{ toolResult: { content: [{ text: '(no output)' }] } }] }]);
  });

  it('extraBody and omit reach into the group of parameters', () => {
    const extraBody = { inferenceConfig: { maxTokens: 7 }, additionalModelRequestFields: { top_k: 3 } };
    const body = bedrockConverseBody(model, { ...chat, parameters: { ...parameters, extraBody, omit: ['topP'] } });
    expect(body).toMatchObject({
      inferenceConfig: { maxTokens: 7, temperature: 0.5 },
      additionalModelRequestFields: { top_k: 3 },
    });
    expect(body['inferenceConfig']).not.toHaveProperty('topP');
  });

  it('a reply goes back with its proofs to the model that gave them, and to no other', () => {
    const { message } = readPayloads(bedrockConverse, [
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Hm.' } } }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { signature: 'proof' } } }],
      ['contentBlockStop', { contentBlockIndex: 0 }],
      ['contentBlockDelta', { contentBlockIndex: 1, delta: { reasoningContent: { redactedContent: 'sealed' } } }],
      ['contentBlockDelta', { contentBlockIndex: 2, delta: { text: 'Yes.' } }],
    ]);
    const contentFor = (ref: 'test/model' | 'test/other'): unknown =>
      bedrockConverseBody(model, { ...hello, messages: [{ ...message, model: ref }] })['messages'];
    expect(contentFor('test/model')).toEqual([
      {
        role: 'assistant',
        content: [
          { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'proof' } } },
          { reasoningContent: { redactedContent: 'sealed' } },
          { text: 'Yes.' },
        ],
      },
    ]);
    expect(contentFor('test/other')).toEqual([{ role: 'assistant', content: [{ text: 'Yes.' }] }]);
  });

  it('the model’s id is one step of the path, and the key a bearer’s', () => {
    const id = 'arn:aws:bedrock:us-east-1:1:inference-profile/x';
    const { url, headers } = bedrockConverse.write(
      { ...modelAt('https://b.example/', { apiKey: 'secret' }), id },
      hello,
    );
    expect(url).toBe(`https://b.example/model/${encodeURIComponent(id)}/converse-stream`);
    expect(headers).toMatchObject({ authorization: 'Bearer secret', accept: /eventstream/ });
  });
});

const cases: readonly ReaderCase[] = [
  {
    name: 'a whole answer of converse',
    payloads: [
      {
        output: {
          message: {
            content: [
              { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'proof' } } },
              { text: 'Yes.' },
              { toolUse: { toolUseId: 'c', name: 'read', input: { path: 'a' } } },
            ],
          },
        },
        stopReason: 'tool_use',
        usage: { inputTokens: 1, cacheReadInputTokens: 2, cacheWriteInputTokens: 3, outputTokens: 4 },
      },
    ],
    content: [
      { type: 'reasoning', text: 'Hm.', signature: 'proof' },
      text('Yes.'),
      { type: 'tool-call', id: 'c', name: 'read', arguments: '{"path":"a"}' },
    ],
    end: { finish: 'tool-calls', rawFinish: 'tool_use', usage: { input: 6, cached: 2, cacheWrite: 3, output: 4 } },
  },
  {
    name: 'events that lost their names carry them inside',
    payloads: [{ contentBlockDelta: { delta: { text: 'Yes.' } } }, { messageStop: { stopReason: 'end_turn' } }],
    content: [text('Yes.')],
    end: { finish: 'stop' },
  },
  {
    name: 'a tool that Amazon runs itself',
    payloads: [
      ['contentBlockStart', { start: { toolUse: { toolUseId: 's', name: 'code', type: 'server_tool_use' } } }],
      ['messageStop', { stopReason: 'end_turn' }],
    ],
    content: [{ type: 'tool-call', id: 's', name: 'code', arguments: '', server: true }],
    end: { finish: 'stop' },
  },
];

describe('the reader of bedrock-converse', () => {
  it.each(cases)('$name', (row) => checkReader(bedrockConverse, row));
});

describe('answers of Bedrock', () => {
  const providers = openProviders();
  afterAll(() => providers.close());
  const said = awsEvent('contentBlockDelta', { delta: { text: 'Yes' } });
  const stop = awsEvent('messageStop', { stopReason: 'end_turn' });
  const exception = (type: string): Buffer =>
    awsFrame({ ':message-type': 'exception', ':exception-type': type }, '{"message":"because"}');

  const answers: readonly { name: string; body: Buffer; status?: number; text: string; error?: Partial<LlmError> }[] = [
    { name: 'frames', body: Buffer.concat([said, stop]), text: 'Yes' },
    {
      name: 'an exception in the middle',
      body: Buffer.concat([said, exception('throttlingException')]),
      text: 'Yes',
      error: { code: 'rate-limit', status: 429, message: 'because', retryable: true },
    },
    {
      name: 'an exception of a kind not known',
      body: exception('modelStreamErrorException'),
      text: '',
      error: { code: 'server', message: 'because' },
    },
    {
      name: 'a cut frame',
      body: Buffer.concat([said, stop.subarray(0, 30)]),
      text: 'Yes',
      error: { code: 'stream-cut' },
    },
    {
      name: 'what is no frame',
      body: Buffer.concat([said, Buffer.alloc(20, 0x7f)]),
      text: 'Yes',
      error: { code: 'malformed-response' },
    },
    { name: 'nothing but what is no frame', body: Buffer.alloc(40), text: '', error: { code: 'malformed-response' } },
    {
      name: 'a refusal',
      body: Buffer.from('{"message":"The security token included in the request is invalid."}'),
      status: 403,
      text: '',
      error: { code: 'permission', message: 'The security token included in the request is invalid.' },
    },
    { name: 'a web page', body: Buffer.from('<html></html>'), text: '', error: { code: 'not-an-api' } },
  ];

  it.each(answers)('$name', async ({ body, status = 200, text: expected, error }) => {
    await using server = await startHttpServer((_, response) => void response.writeHead(status).end(body));
    const { end, text: found } = await ask(providers.stream('bedrock-converse'), modelAt(server.url), hello);
    expect(found).toBe(expected);
    if (error) expect(end.error).toMatchObject(error);
    else expect(end.error).toBeUndefined();
  });
});
