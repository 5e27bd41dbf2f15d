import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/gateway/ask.ts';
import { SecretGate } from '../../src/gateway/secret-gate.ts';
import { atLeast, type SecretsMode } from '../../src/gateway/secrets-mode.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ChatRequest, CompletionRequest, Request } from '../../src/llm/request.ts';

const key = `ghp_${'aB3dE6gH9j'.repeat(3)}abcdef`;
const ownKey = 'my-own-provider-key-1';
const model: Model = {
  ref: 'cloud/m',
  id: 'm',
  endpoint: {
    ...{ provider: 'cloud', vendor: 'cloud', baseUrl: 'https://cloud.example/v1', keyHeader: 'authorization' },
    ...{ headers: {}, timeouts: { connectMs: 1, firstTokenMs: 1, idleMs: 1 }, quirks: {}, local: false },
  },
  chat: 'openai-chat',
  completion: 'openai-completions',
  facts: {},
};
const inside: Model = { ...model, ref: 'embedded/m', chat: 'embedded', completion: 'embedded' };

const chat = (...texts: readonly string[]): ChatRequest => ({
  kind: 'chat',
  messages: texts.map((text) => ({ role: 'user', content: [{ type: 'text', text }] })),
  parameters: {},
});

type Answer = 'remove' | 'send' | 'stop';

function gateWith(mode: SecretsMode, answers: readonly Answer[] = []) {
  const asked: (readonly string[])[] = [];
  const left = [...answers];
  const gate = new SecretGate({
    mode: () => mode,
    ownKeys: async () => [ownKey, 'ollama'],
    ask: async (kinds) => {
      asked.push(kinds);
      return left.shift() ?? 'stop';
    },
  });
  const admit = (request: Request, { to = model, chatId }: { to?: Model; chatId?: string } = {}) => {
    const ask: Ask = { role: 'chat', request, ...(chatId !== undefined && { chatId }) };
    return gate.admit(ask, to, request);
  };
  return { admit, asked };
}

describe('by the setting', () => {
  it.each<[string, SecretsMode, object]>([
    [
      'removed and told',
      'redact',
      {
        request: chat('use [secret removed: GitHub token], please'),
        notices: [{ kind: 'redacted', count: 1, kinds: ['GitHub token'] }],
      },
    ],
    ['blocked', 'block', { kind: 'refused', error: { code: 'privacy' }, nextMayServe: true }],
    ['let through', 'off', { request: chat(`use ${key}, please`) }],
    ['removed where nobody can be asked', 'ask', { request: chat('use [secret removed: GitHub token], please') }],
  ])('%s', async (_, mode, expected) => {
    const { admit } = gateWith(mode);
    const admission = await admit(chat(`use ${key}, please`));
    expect(admission).toMatchObject(expected);
    if (admission.kind === 'refused') expect(admission.error.message).not.toContain(key);
  });

  it('what holds no secret goes as it is, without a word', async () => {
    const { admit } = gateWith('redact');
    expect(await admit(chat('hello'))).toEqual({ kind: 'admitted', request: chat('hello') });
  });

  it('the model inside reads everything, whatever the setting', async () => {
    const { admit } = gateWith('block');
    expect(await admit(chat(key), { to: inside })).toEqual({ kind: 'admitted', request: chat(key) });
  });
});

describe('every text of a request is looked through', () => {
  const requests: readonly [string, Request][] = [
    ['system', { ...chat('hi'), system: key }],
    ['an older message', chat(key, 'hi')],
    ['a description of a tool', { ...chat('hi'), tools: [{ name: 'read', description: key, parameters: {} }] }],
    [
      'what a tool has given',
      {
        ...chat(),
        messages: [
          {
            ...{ role: 'tool', toolCallId: '1', toolName: 'read', isError: false },
            content: [{ type: 'text', text: key }],
          },
        ],
      },
    ],
    [
      'what another model said, thought and called',
      {
        ...chat(),
        messages: [
          {
            ...{ role: 'assistant', model: 'x/y', protocol: 'openai-chat' },
            content: [
              { type: 'text', text: key },
              { type: 'reasoning', text: key },
              { type: 'refusal', text: key },
              { type: 'tool-call', id: '1', name: 'write', arguments: JSON.stringify({ text: key }) },
            ],
          },
        ],
      },
    ],
    ['a prompt', { kind: 'completion', prompt: { type: 'raw', text: key }, parameters: {} }],
    [
      'a hole, what is around it and other files',
      {
        kind: 'completion',
        prompt: {
          ...{ type: 'infill', prefix: `a ${key} `, suffix: ` ${key}` },
          extra: [{ filename: 'f.ts', text: key }],
        },
        parameters: {},
      } satisfies CompletionRequest,
    ],
  ];

  it.each(requests)('%s', async (_, request) => {
    const { admit } = gateWith('redact');
    const admission = await admit(request);
    expect(JSON.stringify(admission)).not.toContain(key);
    expect(JSON.stringify(admission)).toContain('[secret removed: GitHub token]');
  });

  it('what a vendor has signed stays as it is', async () => {
    const signed: ChatRequest = {
      ...chat(),
      messages: [
        {
          ...{ role: 'assistant', model: 'x/y', protocol: 'anthropic-messages' },
          content: [{ type: 'reasoning', text: key, signature: 's' }],
        },
      ],
    };
    expect(await gateWith('redact').admit(signed)).toEqual({ kind: 'admitted', request: signed });
  });
});

describe('keys of the user’s own providers', () => {
  it.each<SecretsMode>(['off', 'ask', 'redact', 'block'])('never leave in a text, with "%s"', async (mode) => {
    const admission = await gateWith(mode).admit(chat(`a ${ownKey} b ${ownKey}`));
    expect(admission).toEqual({
      kind: 'admitted',
      request: chat('a [secret removed: key of a provider] b [secret removed: key of a provider]'),
      notices: [{ kind: 'redacted', count: 2, kinds: ['key of a provider'] }],
    });
  });

  it('a word that a server takes for a key is a word', async () => {
    expect(await gateWith('redact').admit(chat('run ollama'))).toEqual({
      kind: 'admitted',
      request: chat('run ollama'),
    });
  });
});

describe('asking', () => {
  it.each<[Answer, object]>([
    ['send', { kind: 'admitted', request: chat(key) }],
    ['remove', { kind: 'admitted', request: chat('[secret removed: GitHub token]') }],
    ['stop', { kind: 'refused', error: { code: 'privacy' } }],
  ])('"%s" is done', async (answer, expected) => {
    const { admit, asked } = gateWith('ask', [answer]);
    expect(await admit(chat(key), { chatId: 'c' })).toMatchObject(expected);
    expect(asked).toEqual([['GitHub token']]);
  });

  it('of the same secret, once a chat; of another, and in another chat, again', async () => {
    const { admit, asked } = gateWith('ask', ['send', 'remove', 'remove']);
    const other = `glpat-${'aB3dE6gH9j'.repeat(2)}`;
    await admit(chat(key), { chatId: 'c' });
    expect(await admit(chat(key, 'go on'), { chatId: 'c' })).toMatchObject({ request: chat(key, 'go on') });
    expect(await admit(chat(key, other), { chatId: 'c' })).toMatchObject({
      request: chat(key, '[secret removed: GitLab token]'),
    });
    await admit(chat(key), { chatId: 'd' });
    expect(asked).toEqual([['GitHub token'], ['GitLab token'], ['GitHub token']]);
  });
});

it.each<[SecretsMode, SecretsMode | undefined, SecretsMode]>([
  ['off', undefined, 'off'],
  ['off', 'redact', 'redact'],
  ['ask', 'redact', 'redact'],
  ['block', 'redact', 'block'],
])('%s, at least %s, is %s', (mode, minimum, expected) => {
  expect(atLeast(mode, minimum)).toBe(expected);
});
