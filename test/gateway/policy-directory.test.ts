import { describe, expect, it } from 'vitest';
import { Gateway } from '../../src/gateway/gateway.ts';
import { ModelDirectory } from '../../src/gateway/model-directory.ts';
import { PolicyGate } from '../../src/gateway/policy-gate.ts';
import { PolicyInForce } from '../../src/gateway/policy-in-force.ts';
import type { Policy } from '../../src/gateway/policy-read.ts';
import type { GatewayPorts } from '../../src/gateway/ports.ts';
import type { StreamEvent } from '../../src/llm/stream-event.ts';
import type { Vendor } from '../../src/llm/vendor.ts';
import { databaseAt } from '../../src/store/database.ts';
import { Lessons } from '../../src/store/lessons.ts';
import { ModelLists } from '../../src/store/model-lists.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { says, scriptedStream } from '../support/scripted-stream.ts';

const cloud: Vendor = {
  ...{ id: 'cloud', label: 'Cloud', baseUrl: 'https://cloud.example/v1', chat: 'openai-chat', key: 'required' },
  ...{ keyHeader: 'authorization', list: 'openai', quirks: {}, local: false, documentation: '' },
};
const others: Vendor = { ...cloud, id: 'vscode', builtIn: true, key: 'none', list: 'vscode', chat: 'vscode-lm' };
const office: Vendor = { ...cloud, id: 'office', signIn: { provider: 'office', scopes: [] } };
const ollama: Vendor = { ...cloud, id: 'ollama', key: 'none', local: true, baseUrl: 'http://127.0.0.1:11434' };

/** A gateway under a policy, and all that anybody was asked for on its behalf. */
function house(policy: Policy, roles: unknown) {
  const open = databaseAt(':memory:');
  const asked: string[] = [];
  const note = <T>(what: string, answer: T): T => {
    asked.push(what);
    return answer;
  };
  const inForce = new PolicyInForce(
    () => ({ kind: 'policy', path: 'policy.json', policy }),
    () => ({ zeroEgress: false, ownHosts: [], secrets: 'redact' }),
  );
  const ports: GatewayPorts = {
    settings: {
      providers: () => ({
        ...{ cloud: { vendor: 'cloud' }, office: { vendor: 'office', signIn: true }, here: { vendor: 'ollama' } },
        gpu: { vendor: 'ollama', baseUrl: 'http://gpu.corp.example:11434' },
      }),
      models: () => undefined,
      roles: () => roles,
    },
    keys: { find: async (provider) => note(`key of ${provider}`, { kind: 'key', key: 'k' }) },
    vendors: async () => [cloud, others, office, ollama],
    protocol: async (name) => note(`wire ${name}`, scriptedStream([says('hi')])),
    listModels: async (endpoint) => note(`list of ${endpoint.provider}`, { models: [{ id: 'm', facts: {} }] }),
    embeddedModel: async () => undefined,
    runningContext: async () => undefined,
    catalog: async () => new Map(),
    bearer: async () => note('token', 't'),
    environment: () => undefined,
    readFile: async () => '',
    policy: inForce,
    report: () => undefined,
  };
  const directory = new ModelDirectory(ports, new ModelLists(open));
  const gateway = new Gateway(ports, directory, new UsageLedger(open), new Lessons(open), [new PolicyGate(inForce)]);
  return { gateway, directory, asked };
}

const never = new AbortController().signal;
const request = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
  parameters: {},
} as const;

async function reply(gateway: Gateway): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of gateway.stream({ role: 'chat', request }, never)) events.push(event);
  return events;
}

describe('under zero egress', () => {
  it.each(['cloud/m', 'office/m', 'vscode/x/y', 'gpu/m'])(
    '%s is refused, and nobody is asked on its way',
    async (ref) => {
      const { gateway, asked } = house({ zeroEgress: true }, { chat: ref });
      expect((await reply(gateway)).at(-1)).toMatchObject({ finish: 'error', error: { code: 'policy' } });
      expect(asked).toEqual([]);
    },
  );

  it('the local model behind it in the chain answers, and this is told', async () => {
    const { gateway, asked } = house({ zeroEgress: true }, { chat: ['cloud/m', 'here/m'] });
    const events = await reply(gateway);
    expect(events).toContainEqual({
      type: 'notice',
      notice: expect.objectContaining({ kind: 'switched', from: 'cloud/m', to: 'here/m' }),
    });
    expect(events.at(-1)).toMatchObject({ finish: 'stop', message: { content: [{ text: 'hi' }] } });
    expect(asked).toEqual(['wire openai-chat']);
  });

  it('lists are asked for on this machine only, and the others say why they are empty', async () => {
    const { directory, asked } = house({ zeroEgress: true }, {});
    const providers = await directory.all(never);
    expect(asked).toEqual(['list of here']);
    expect(providers.filter(({ error }) => error?.code === 'policy').map(({ id }) => id)).toEqual([
      ...['cloud', 'office', 'gpu', 'vscode'],
    ]);
  });

  it('a server of the administrator’s is local, and asked', async () => {
    const { gateway } = house({ zeroEgress: true, ownHosts: ['*.corp.example'] }, { chat: 'gpu/m' });
    expect((await reply(gateway)).at(-1)).toMatchObject({ finish: 'stop' });
  });
});

it('a model that is not allowed has its reason in the picker', async () => {
  const { directory } = house({ allowedModels: ['here/*'] }, {});
  const refused = (await directory.all(never)).flatMap((provider) => [...provider.refused]);
  expect(Object.fromEntries(refused)).toEqual(
    Object.fromEntries(
      ['cloud/m', 'office/m', 'gpu/m', 'vscode/m'].map((ref) => [ref, `${ref} is not allowed by your administrator.`]),
    ),
  );
});

it('where a kind of server usually runs says nothing of where this one does', async () => {
  const { directory } = house({}, {});
  expect(await directory.find('gpu/m')).toMatchObject({ endpoint: { local: false, selfHosted: true } });
  expect(await directory.find('here/m')).toMatchObject({ endpoint: { local: true, selfHosted: true } });
});
