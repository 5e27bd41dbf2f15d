import { describe, expect, it } from 'vitest';
import { Gateway } from '../../src/gateway/gateway.ts';
import { ModelDirectory } from '../../src/gateway/model-directory.ts';
import type { FoundKey, GatewayPorts } from '../../src/gateway/ports.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ModelFacts } from '../../src/llm/model-facts.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import type { StreamEvent, StreamFunction } from '../../src/llm/stream-event.ts';
import type { Vendor } from '../../src/llm/vendor.ts';
import { databaseAt } from '../../src/store/database.ts';
import { Lessons } from '../../src/store/lessons.ts';
import { ModelLists } from '../../src/store/model-lists.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { fails, type Step, says, scriptedStream } from '../support/scripted-stream.ts';

const vendor: Vendor = {
  id: 'cloud',
  label: 'Cloud',
  baseUrl: 'https://cloud.example/v1/',
  chat: 'openai-chat',
  key: 'required',
  keyHeader: 'authorization',
  list: 'openai',
  quirks: {},
  local: false,
  documentation: 'https://cloud.example/docs',
};
const inside: Vendor = {
  ...vendor,
  id: 'embedded',
  label: 'Inside',
  key: 'none',
  builtIn: true,
  list: 'embedded',
  chat: 'embedded',
  local: true,
};

const quiet: Vendor = { ...vendor, id: 'quiet', list: 'catalog' };
const office: Vendor = { ...vendor, id: 'office', keyHeader: 'api-key', signIn: { provider: 'office', scopes: [] } };

const ask: ChatRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hello there' }] }],
  parameters: {},
};

interface World {
  readonly providers?: unknown;
  readonly models?: unknown;
  readonly roles?: unknown;
  readonly key?: FoundKey;
  readonly stream?: StreamFunction;
  readonly runningContext?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly embedded?: 'embedded/tiny';
  readonly catalog?: Readonly<Record<string, ModelFacts>>;
  readonly token?: string | Error;
}

function house(world: World) {
  const open = databaseAt(':memory:');
  const reports: string[] = [];
  const asked: string[] = [];
  const ports: GatewayPorts = {
    settings: {
      providers: () => world.providers ?? { cloud: { vendor: 'cloud' } },
      models: () => world.models,
      roles: () => world.roles ?? { chat: 'cloud/m' },
    },
    keys: {
      find: async (provider, origin) => {
        asked.push(`${provider} at ${origin}`);
        return world.key ?? { kind: 'key', key: 'secret' };
      },
    },
    vendors: async () => [vendor, inside, quiet, office],
    protocol: async () => world.stream ?? scriptedStream([says('hi')]),
    listModels: async () => ({ models: [{ id: 'm', facts: { price: { input: 1, output: 2 } } }] }),
    embeddedModel: async () => world.embedded,
    runningContext: async () => world.runningContext,
    catalog: async () => new Map(Object.entries(world.catalog ?? {})),
    bearer: async () => {
      if (world.token instanceof Error) throw world.token;
      return world.token;
    },
    environment: (name) => world.environment?.[name],
    readFile: async () => 'PEM',
    report: (problem) => reports.push(problem),
  };
  const directory = new ModelDirectory(ports, new ModelLists(open));
  const ledger = new UsageLedger(open);
  const gateway = new Gateway(ports, directory, ledger, new Lessons(open));
  return { gateway, directory, ledger, asked, reports, open, ports };
}

async function all(events: AsyncIterable<StreamEvent>): Promise<readonly StreamEvent[]> {
  const seen: StreamEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const never = new AbortController().signal;

describe('which model a role gets', () => {
  it.each<[string, World, unknown]>([
    ['the chosen one, with its key', {}, { kind: 'model', ref: 'cloud/m', model: { endpoint: { apiKey: 'secret' } } }],
    ['the first of a chain', { roles: { chat: ['cloud/a', 'cloud/b'] } }, { kind: 'model', ref: 'cloud/a' }],
    [
      'everything after the first slash is its id',
      { roles: { chat: 'cloud/meta/llama' } },
      { model: { id: 'meta/llama' } },
    ],
    [
      'the model inside, where nothing is chosen',
      { roles: {}, embedded: 'embedded/tiny' },
      { kind: 'model', ref: 'embedded/tiny' },
    ],
    ['none, where nothing is chosen or inside', { roles: {} }, { kind: 'unavailable', error: { code: 'no-model' } }],
    [
      'the choice and a reason, where the provider is gone',
      { providers: {} },
      { kind: 'unavailable', ref: 'cloud/m', error: { code: 'no-model' } },
    ],
    [
      'the choice and a reason, where the vendor is unknown',
      { providers: { cloud: { vendor: 'nope' } } },
      { ref: 'cloud/m', error: { message: expect.stringContaining('unknown vendor "nope"') } },
    ],
    [
      'the choice and a reason, where the key is missing',
      { key: { kind: 'none' } },
      { ref: 'cloud/m', error: { code: 'no-key' } },
    ],
    [
      'the choice and a reason, where the key was given for another address',
      { key: { kind: 'other-origin', origin: 'https://old.example' } },
      { error: { code: 'no-key', message: expect.stringContaining('https://old.example') } },
    ],
    [
      'a key from the environment',
      { providers: { cloud: { vendor: 'cloud', apiKey: '${env:KEY}' } }, environment: { KEY: 'from-env' } },
      { model: { endpoint: { apiKey: 'from-env' } } },
    ],
    [
      'a reason that names the variable that is not set',
      { providers: { cloud: { vendor: 'cloud', apiKey: '${env:KEY}' } } },
      { error: { code: 'no-key', message: expect.stringContaining('KEY') } },
    ],
    [
      'a reason, where the address is none',
      { providers: { cloud: { vendor: 'cloud', baseUrl: 'file:///etc' } } },
      { error: { message: expect.stringContaining('not a http(s) address') } },
    ],
  ])('is %s', async (_, world, expected) => {
    const { gateway } = house(world);
    expect(await gateway.resolve('chat')).toMatchObject(expected as object);
  });

  it('is local where the server is on this machine, and is given time', async () => {
    const { gateway } = house({ providers: { cloud: { vendor: 'cloud', baseUrl: 'http://127.0.0.1:8080/v1' } } });
    expect(await gateway.resolve('chat')).toMatchObject({
      model: { endpoint: { local: true, timeouts: { firstTokenMs: 30 * 60_000 } } },
    });
  });

  it('asks for the key of the address that will be spoken to', async () => {
    const { gateway, asked } = house({
      providers: { cloud: { vendor: 'cloud', baseUrl: 'https://other.example/x/' } },
    });
    await gateway.resolve('chat');
    expect(asked).toEqual(['cloud at https://other.example']);
  });

  it('is read anew after the settings changed', async () => {
    const world = { providers: { cloud: { vendor: 'cloud' } } as unknown };
    const { gateway, directory } = house(world);
    expect(await gateway.resolve('chat')).toMatchObject({ kind: 'model' });
    world.providers = {};
    directory.settingsChanged();
    expect(await gateway.resolve('chat')).toMatchObject({ kind: 'unavailable' });
  });
});

describe('the directory', () => {
  it('tells when a server has other models than before, and only then', async () => {
    const { directory, ports } = house({});
    let told = 0;
    directory.onDidChangeList(() => told++);
    const [cloud] = await directory.providers();
    if (!cloud) throw new Error('no provider');
    await directory.refresh(cloud, never);
    await directory.refresh(cloud, never);
    expect(told).toBe(1);
    Object.assign(ports, { listModels: async () => ({ models: [{ id: 'n', facts: {} }] }) });
    await directory.refresh(cloud, never);
    expect(told).toBe(2);
  });
});

describe('what went wrong once', () => {
  it('is an answer, not a rejection, and is tried again', async () => {
    const { gateway, ports } = house({});
    let calls = 0;
    const vendors = ports.vendors;
    Object.assign(ports, {
      vendors: () => (++calls === 1 ? Promise.reject(new Error('no such chunk')) : vendors()),
    });
    expect(await gateway.resolve('chat')).toMatchObject({
      kind: 'unavailable',
      ref: 'cloud/m',
      error: { code: 'internal', message: 'no such chunk' },
    });
    expect(await gateway.resolve('chat')).toMatchObject({ kind: 'model' });
  });

  it('does not hide a model that has come inside since', async () => {
    const { directory, ports } = house({});
    const lists = [
      () => Promise.reject(new Error('folder is locked')),
      async () => ({ models: [{ id: 'tiny', facts: { absent: true } }] }),
      async () => ({ models: [{ id: 'tiny', facts: { contextWindow: 2048 } }] }),
    ];
    let at = 0;
    Object.assign(ports, { listModels: () => lists[at]?.() });
    await expect(directory.find('embedded/tiny')).rejects.toThrow('locked');
    at = 1;
    expect(await directory.find('embedded/tiny')).toMatchObject({ facts: { absent: true } });
    at = 2;
    expect((await directory.find('embedded/tiny')) as object).toMatchObject({ facts: { contextWindow: 2048 } });
  });

  it('in the secret store is a reason for want of a key', async () => {
    const { gateway, directory, ports } = house({});
    Object.assign(ports, { keys: { find: () => Promise.reject(new Error('keyring is locked')) } });
    const error = { code: 'no-key', message: expect.stringContaining('keyring is locked') };
    expect(await gateway.resolve('chat')).toMatchObject({ kind: 'unavailable', ref: 'cloud/m', error });
    expect(await directory.all(never)).toMatchObject([{ id: 'cloud', error }, { id: 'embedded' }]);
  });

  it('in one list does not hide the others', async () => {
    const { directory, ports } = house({});
    const { listModels } = ports;
    const locked: typeof listModels = (endpoint, ...rest) =>
      endpoint.provider === 'embedded' ? Promise.reject(new Error('locked')) : listModels(endpoint, ...rest);
    Object.assign(ports, { listModels: locked });
    expect(await directory.all(never)).toMatchObject([
      { id: 'cloud', models: [{ ref: 'cloud/m' }] },
      { id: 'embedded', error: { message: expect.stringContaining('locked') } },
    ]);
  });
});

describe('a request through the door', () => {
  it('carries the settings of the model and leaves one row', async () => {
    const stream = scriptedStream([
      { type: 'text', text: 'hi' },
      { ...says('hi'), usage: { input: 10, output: 5 } },
    ]);
    const models = { 'cloud/m': { temperature: 0.3, systemPrompt: 'Be brief.', price: { input: 1, output: 2 } } };
    const { gateway, ledger } = house({ stream, models });
    const events = await all(gateway.stream({ role: 'chat', request: ask, chatId: 'c' }, never));
    expect(events.map((event) => event.type)).toEqual(['notice', 'text', 'end']);
    expect(stream.calls[0]?.[1]).toMatchObject({ system: 'Be brief.', parameters: { temperature: 0.3 } });
    expect(events.at(-1)).toMatchObject({ cost: 0.00002 });
    expect(await ledger.since(0)).toMatchObject([
      {
        role: 'chat',
        chatId: 'c',
        model: 'cloud/m',
        provider: 'cloud',
        usage: { input: 10, output: 5 },
        cost: 0.00002,
        outcome: 'stop',
      },
    ]);
  });

  it('has the system prompt made for its model and what the user says to that model', async () => {
    const stream = scriptedStream([says('hi')]);
    const { gateway } = house({ stream, models: { 'cloud/m': { systemPrompt: 'Be brief.' } } });
    const systemFor = (model: Model, own?: string): string => `${own} says the user to ${model.ref}`;
    await all(gateway.stream({ role: 'chat', request: ask, systemFor }, never));
    expect(stream.calls[0]?.[1]).toMatchObject({ system: 'Be brief. says the user to cloud/m' });
  });

  it('gets an estimate, marked as one, where the endpoint reports no usage', async () => {
    const { gateway } = house({});
    const events = await all(gateway.stream({ role: 'chat', request: ask }, never));
    expect(events.at(-1)).toMatchObject({ usage: { input: 3, output: 1, estimated: true } });
  });

  it('is cut to the context that the server really runs, unless the user knows better', async () => {
    const page = { role: 'user', content: [{ type: 'text', text: 'lorem ip'.repeat(437) }] } as const;
    const answer = { ...says('x').message, content: [{ type: 'text', text: 'Yes.' }] } as const;
    const long: ChatRequest = { ...ask, messages: [page, answer, page, answer, page, answer, page] };
    for (const [contextWindow, sent] of [
      [undefined, 3],
      [90_000, 7],
    ] as const) {
      const stream = scriptedStream([says('hi')]);
      const models = { 'cloud/m': { ...(contextWindow && { contextWindow }) } };
      const { gateway } = house({ stream, models, runningContext: 2500 });
      await all(gateway.stream({ role: 'chat', request: long }, never));
      expect(stream.calls[0]?.[1]).toMatchObject({ messages: { length: sent } });
    }
  });

  it('without a model is one end event that says why', async () => {
    const { gateway } = house({ roles: {} });
    expect(await all(gateway.stream({ role: 'chat', request: ask }, never))).toMatchObject([
      { type: 'end', finish: 'error', error: { code: 'no-model' } },
    ]);
  });

  it('that fails inside Tutti still ends with an end event', async () => {
    const stream: StreamFunction = async function* () {
      yield { type: 'text', text: 'x' };
      throw new Error('a bug');
    };
    const { gateway } = house({ stream });
    expect((await all(gateway.stream({ role: 'chat', request: ask }, never))).at(-1)).toMatchObject({
      error: { code: 'internal', message: 'a bug' },
    });
  });

  it('leaves a row for each attempt, with what the failed one took', async () => {
    const stream = scriptedStream(
      [
        {
          ...fails({ code: 'empty-response', retryable: true, retryAfterMs: 1 }),
          usage: { input: 900, output: 400 },
        },
      ],
      [{ ...says('hi'), usage: { input: 900, output: 5 } }],
    );
    const { gateway, ledger } = house({ stream });
    await all(gateway.stream({ role: 'chat', request: ask }, never));
    expect(await ledger.since(0)).toMatchObject([
      { outcome: 'empty-response', usage: { input: 900, output: 400 } },
      { outcome: 'stop', usage: { input: 900, output: 5 } },
    ]);
  });

  it('leaves no row when nothing was sent', async () => {
    const stream = scriptedStream([says('hi')]);
    const models = { 'cloud/m': { contextWindow: 100 } };
    const { gateway, ledger } = house({ stream, models });
    const text = 'lorem ip'.repeat(437);
    const long: ChatRequest = { ...ask, messages: [{ role: 'user', content: [{ type: 'text', text }] }] };
    const events = await all(gateway.stream({ role: 'chat', request: long }, never));
    expect(events.at(-1)).toMatchObject({ error: { code: 'context-overflow' } });
    expect(stream.calls).toHaveLength(0);
    expect(await ledger.since(0)).toEqual([]);
  });

  it('keeps its reply when the ledger cannot be written', async () => {
    const { gateway, open, reports } = house({});
    (await open()).exec('drop table usage');
    expect((await all(gateway.stream({ role: 'chat', request: ask }, never))).at(-1)).toMatchObject({ finish: 'stop' });
    expect(reports).toEqual([expect.stringContaining('could not be written down')]);
  });

  it('leaves a row also when nobody listens to its end', async () => {
    const { gateway, ledger } = house({ stream: scriptedStream([{ type: 'text', text: 'a' }, says('a')]) });
    for await (const event of gateway.stream({ role: 'completion', model: 'cloud/m', request: ask }, never)) {
      if (event.type === 'text') break;
    }
    expect(await ledger.since(0)).toMatchObject([
      { role: 'completion', outcome: 'aborted', usage: { input: 3, output: 1, estimated: true } },
    ]);
  });
});

describe('retrying', () => {
  const busy = fails({ code: 'rate-limit', retryable: true, retryAfterMs: 5 });

  it.each<[string, Step[][], number, object]>([
    ['asks again after the pause the server wants', [[busy], [says('hi')]], 2, { finish: 'stop' }],
    ['gives up after three', [[busy]], 3, { error: { code: 'rate-limit' } }],
    ['does not repeat what cannot get better', [[fails({ retryable: false })], [says('hi')]], 1, { finish: 'error' }],
    [
      'does not wait an hour',
      [[fails({ retryable: true, retryAfterMs: 3_600_000 })], [says('hi')]],
      1,
      { error: { retryAfterMs: 3_600_000 } },
    ],
    ['does not say the same twice', [[{ type: 'text', text: 'half' }, busy], [says('hi')]], 1, { finish: 'error' }],
  ])('%s', async (_, scripts, calls, last) => {
    const stream = scriptedStream(...scripts);
    const { gateway } = house({ stream });
    const events = await all(gateway.stream({ role: 'chat', request: ask }, never));
    expect(stream.calls).toHaveLength(calls);
    expect(events.at(-1)).toMatchObject(last);
    const told = events.filter((event) => event.type === 'notice' && event.notice.kind === 'retrying');
    expect(told).toHaveLength(calls - 1);
  });

  it('is not for completions', async () => {
    const stream = scriptedStream([busy], [says('hi')]);
    const { gateway } = house({ stream });
    await all(gateway.stream({ role: 'completion', model: 'cloud/m', request: ask }, never));
    expect(stream.calls).toHaveLength(1);
  });

  it('ends at once when stopped during the pause', async () => {
    const abort = new AbortController();
    const stream = scriptedStream([fails({ retryable: true, retryAfterMs: 30_000 })]);
    const { gateway } = house({ stream });
    const events: StreamEvent[] = [];
    for await (const event of gateway.stream({ role: 'chat', request: ask }, abort.signal)) {
      events.push(event);
      if (event.type === 'notice' && event.notice.kind === 'retrying') abort.abort();
    }
    expect(events.at(-1)).toMatchObject({ finish: 'aborted' });
    expect(events.at(-1)).not.toHaveProperty('error');
  });
});

describe('the directory', () => {
  it('lists the models of all providers and says why one has none', async () => {
    const { directory } = house({
      providers: { cloud: { vendor: 'cloud', models: { mine: {} } }, broken: { vendor: 'nope' } },
    });
    const found = await directory.all(never);
    expect(found.map(({ id, models, error }) => [id, models.map((model) => model.ref), error?.code])).toEqual([
      ['cloud', ['cloud/m', 'cloud/mine'], undefined],
      ['embedded', ['embedded/m'], undefined],
      ['broken', [], 'no-model'],
    ]);
  });

  it('remembers what an endpoint listed', async () => {
    const { gateway, directory } = house({});
    await directory.all(never);
    expect(await gateway.resolve('chat')).toMatchObject({ model: { facts: { price: { input: 1, output: 2 } } } });
  });

  it('knows of the snapshot what nobody else says', async () => {
    const { gateway, directory } = house({ catalog: { m: { contextWindow: 9, price: { input: 7, output: 7 } } } });
    await directory.all(never);
    expect(await gateway.resolve('chat')).toMatchObject({
      model: { facts: { contextWindow: 9, price: { input: 1, output: 2 } } },
    });
  });

  it('lists the models of the snapshot where a vendor has no list', async () => {
    const { directory } = house({ providers: { quiet: { vendor: 'quiet' } }, catalog: { a: {}, b: { name: 'B' } } });
    const [quiet] = await directory.all(never);
    expect(quiet?.models.map(({ ref, facts }) => [ref, facts.name])).toEqual([
      ['quiet/a', undefined],
      ['quiet/b', 'B'],
    ]);
  });

  it.each<[string, World, unknown]>([
    [
      'a token in place of a key',
      { providers: { cloud: { vendor: 'office', signIn: true } }, token: 'entra' },
      { kind: 'model', model: { endpoint: { apiKey: 'entra', keyHeader: 'authorization' } } },
    ],
    [
      'a reason where nobody is signed in',
      { providers: { cloud: { vendor: 'office', signIn: true } } },
      { kind: 'unavailable', error: { code: 'no-key', message: expect.stringContaining('not signed in') } },
    ],
    [
      'a reason where it fails',
      { providers: { cloud: { vendor: 'office', signIn: true } }, token: new Error('no such account') },
      { kind: 'unavailable', error: { code: 'no-key', message: expect.stringContaining('no such account') } },
    ],
    [
      'a reason where the vendor knows keys only',
      { providers: { cloud: { vendor: 'cloud', signIn: true } }, token: 'entra' },
      { kind: 'unavailable', error: { code: 'no-key' } },
    ],
  ])('signing in gives %s', async (_, world, resolution) => {
    const { gateway, asked } = house(world);
    expect(await gateway.resolve('chat')).toMatchObject(resolution as object);
    expect(asked).toEqual([]);
  });
});
