import { describe, expect, it } from 'vitest';
import { Gateway } from '../../src/gateway/gateway.ts';
import { ModelDirectory } from '../../src/gateway/model-directory.ts';
import type { GatewayPorts } from '../../src/gateway/ports.ts';
import { PrivacyGate } from '../../src/gateway/privacy-gate.ts';
import { SecretGate } from '../../src/gateway/secret-gate.ts';
import type { SecretsMode } from '../../src/gateway/secrets-mode.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import type { StreamEvent } from '../../src/llm/stream-event.ts';
import type { Vendor } from '../../src/llm/vendor.ts';
import { databaseAt } from '../../src/store/database.ts';
import { Lessons } from '../../src/store/lessons.ts';
import { ModelLists } from '../../src/store/model-lists.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { says, scriptedStream } from '../support/scripted-stream.ts';

const cloud: Vendor = {
  ...{ id: 'cloud', label: 'Cloud', baseUrl: 'https://cloud.example/v1', chat: 'openai-chat', key: 'none' },
  ...{ keyHeader: 'none', list: 'openai', quirks: {}, local: false, documentation: '' },
  key: 'optional',
};
const here: Vendor = { ...cloud, id: 'here', baseUrl: 'http://127.0.0.1:11434', local: true };
const inside: Vendor = { ...cloud, id: 'embedded', builtIn: true, key: 'none', chat: 'embedded', local: true };

const key = `ghp_${'aB3dE6gH9j'.repeat(3)}abcdef`;
const chat = (text: string): ChatRequest => ({
  ...{ kind: 'chat', parameters: {} },
  messages: [{ role: 'user', content: [{ type: 'text', text }] }],
});

/** Asks a chain about a file that only local models may see; gives the events, and who was sent what. */
async function asked(
  chain: readonly string[],
  { files = [] as readonly string[], text = 'hello', mode = 'redact' as SecretsMode },
) {
  const open = databaseAt(':memory:');
  const sent: string[] = [];
  const ports: GatewayPorts = {
    settings: {
      providers: () => ({ cloud: { vendor: 'cloud' }, here: { vendor: 'here' } }),
      models: () => undefined,
      roles: () => ({ chat: chain }),
    },
    keys: { find: async () => ({ kind: 'none' }) },
    vendors: async () => [cloud, here, inside],
    protocol: async () =>
      async function* (model, request, signal) {
        sent.push(`${model.ref} ${JSON.stringify(request.kind === 'chat' ? request.messages : '')}`);
        yield* scriptedStream([says('hi')])(model, request, signal);
      },
    listModels: async () => ({ models: [{ id: 'm', facts: {} }] }),
    embeddedModel: async () => undefined,
    runningContext: async () => undefined,
    catalog: async () => new Map(),
    bearer: async () => undefined,
    environment: () => undefined,
    readFile: async () => '',
    report: () => undefined,
  };
  const gates = [
    new PrivacyGate({
      hiddenBecause: async (uri) => (uri === 'hidden' ? 'It is hidden.' : undefined),
      localOnlyBecause: async (uri) => (uri === 'ours' ? 'Only local models may see it.' : undefined),
      nameOf: (uri) => `${uri}.ts`,
    }),
    new SecretGate({ mode: () => mode, ownKeys: async () => [], ask: async () => 'stop' }),
  ];
  const directory = new ModelDirectory(ports, new ModelLists(open));
  const gateway = new Gateway(ports, directory, new UsageLedger(open), new Lessons(open), gates);
  const events: StreamEvent[] = [];
  const never = new AbortController().signal;
  for await (const event of gateway.stream({ role: 'chat', request: chat(text), files }, never)) events.push(event);
  return { events, sent, end: events.at(-1) };
}

const notices = (events: readonly StreamEvent[], kind: string): readonly StreamEvent[] =>
  events.filter((event) => event.type === 'notice' && event.notice.kind === kind);

describe('a chain and who may see what', () => {
  it('is narrowed to its local models, and says so', async () => {
    const { events, sent, end } = await asked(['cloud/m', 'here/m'], { files: ['plain', 'ours'] });
    expect(sent).toEqual([expect.stringMatching(/^here\/m /)]);
    expect(notices(events, 'narrowed')).toEqual([
      {
        type: 'notice',
        notice: { kind: 'narrowed', reason: 'ours.ts: Only local models may see it.', left: ['here/m'] },
      },
    ]);
    expect(end).toMatchObject({ finish: 'stop' });
  });

  it('without local models says which file and why, and sends nothing', async () => {
    const { sent, end } = await asked(['cloud/m', 'cloud/n'], { files: ['ours'] });
    expect(sent).toEqual([]);
    expect(end).toMatchObject({
      finish: 'error',
      error: { code: 'privacy', message: expect.stringContaining('ours.ts: Only local models may see it.') },
    });
  });

  it('a hidden file goes to no model of it', async () => {
    const { sent, end } = await asked(['here/m', 'cloud/m'], { files: ['hidden'] });
    expect(sent).toEqual([]);
    expect(end).toMatchObject({ error: { code: 'privacy' } });
  });

  it('a secret is taken out for whoever is asked by a socket, and told', async () => {
    const { events, sent } = await asked(['here/m'], { text: `use ${key}` });
    expect(sent[0]).toContain('use [secret removed: GitHub token]');
    expect(notices(events, 'redacted')).toHaveLength(1);
  });

  it('blocked, the model inside that stands behind may still be asked: nothing leaves', async () => {
    const { sent } = await asked(['cloud/m', 'embedded/m'], { text: key, mode: 'block' });
    expect(sent).toEqual([expect.stringMatching(/^embedded\/m .*ghp_/)]);
  });
});
