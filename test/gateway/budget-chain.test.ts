import { expect, it } from 'vitest';
import { BudgetGate } from '../../src/gateway/budget-gate.ts';
import { Gateway } from '../../src/gateway/gateway.ts';
import { ModelDirectory } from '../../src/gateway/model-directory.ts';
import type { GatewayPorts } from '../../src/gateway/ports.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import type { StreamEvent } from '../../src/llm/stream-event.ts';
import type { Vendor } from '../../src/llm/vendor.ts';
import { databaseAt } from '../../src/store/database.ts';
import { Lessons } from '../../src/store/lessons.ts';
import { ModelLists } from '../../src/store/model-lists.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { Reservations } from '../../src/store/usage-reservations.ts';
import { fails, type Step, says, scriptedStream } from '../support/scripted-stream.ts';

const cloud: Vendor = {
  id: 'cloud',
  label: 'Cloud',
  chat: 'openai-chat',
  key: 'optional',
  keyHeader: 'authorization',
  list: 'openai',
  quirks: {},
  local: false,
  documentation: 'https://cloud.example/docs',
};

const request: ChatRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }],
  parameters: { maxOutputTokens: 10 },
};

/** A chain of a model that costs $1.00 a request, a dearer one and one on this machine; a budget of `perDay`. */
function house(perDay: number, ...scripts: readonly (readonly Step[])[]) {
  const open = databaseAt(':memory:');
  const stream = scriptedStream(...scripts);
  const ports: GatewayPorts = {
    settings: {
      providers: () => ({
        paid: { vendor: 'cloud', baseUrl: 'https://cloud.example' },
        home: { vendor: 'cloud', baseUrl: 'http://127.0.0.1:9' },
      }),
      models: () => ({
        'paid/m': { price: { input: 0, output: 100_000 } },
        'paid/dear': { price: { input: 0, output: 200_000 } },
      }),
      roles: () => ({ chat: ['paid/m', 'paid/dear', 'home/m'] }),
    },
    keys: { find: async () => ({ kind: 'none' }) },
    vendors: async () => [cloud],
    protocol: async () => stream,
    listModels: async () => ({ models: [] }),
    embeddedModel: async () => undefined,
    runningContext: async () => undefined,
    catalog: async () => new Map(),
    bearer: async () => undefined,
    environment: () => undefined,
    readFile: async () => '',
    report: (problem) => expect.unreachable(problem),
  };
  const ledger = new UsageLedger(open);
  const reservations = new Reservations(open);
  const gate = new BudgetGate({
    settings: () => ({ perDay }),
    reservations,
    ledger,
    now: Date.now,
    warn: () => undefined,
    report: ports.report,
  });
  const directory = new ModelDirectory(ports, new ModelLists(open));
  const gateway = new Gateway(ports, directory, ledger, new Lessons(open), [gate]);
  const ask = async (): Promise<readonly StreamEvent[]> => {
    const events: StreamEvent[] = [];
    const signal = new AbortController().signal;
    for await (const event of gateway.stream({ role: 'chat', chatId: 'c', request }, signal)) events.push(event);
    return events;
  };
  const rows = async () =>
    (await ledger.since(0)).map(({ model, outcome, cost, position, fellFrom }) => [
      model,
      outcome,
      cost,
      position,
      fellFrom,
    ]);
  const setAside = async (): Promise<unknown> =>
    (await open()).prepare('select count(*) as count from reservations').get()?.['count'];
  return { gate, ask, rows, setAside, open };
}

const counted = { ...says('hi'), usage: { input: 5, output: 10 } };

it('past a budget a chain goes on to what costs nothing, and says why', async () => {
  const { ask, rows, setAside } = house(0.5, [counted]);
  const events = await ask();
  expect(events.at(-1)).toMatchObject({ finish: 'stop', cost: 0 });
  expect(events).toContainEqual({
    type: 'notice',
    notice: expect.objectContaining({ kind: 'switched', error: expect.objectContaining({ code: 'budget' }) }),
  });
  expect(await rows()).toEqual([['home/m', 'stop', 0, 3, 'paid/dear']]);
  expect(await setAside()).toBe(0);
});

it('each attempt of a chain is a row and is within the budget; nothing stays set aside', async () => {
  const { ask, rows, setAside } = house(1.5, [fails({ code: 'overloaded', status: 529, retryable: false })], [counted]);
  await ask();
  // The first was refused for nothing, the second would have been too dear.
  expect(await rows()).toEqual([
    ['paid/m', 'overloaded', 0, 1, undefined],
    ['home/m', 'stop', 0, 3, 'paid/dear'],
  ]);
  expect(await setAside()).toBe(0);
});

it('what is asked again after a failure draws on the same reservation', async () => {
  const { ask, rows, setAside } = house(
    1,
    [fails({ code: 'server', status: 500, retryable: true, retryAfterMs: 1 })],
    [counted],
  );
  await ask();
  expect(await rows()).toEqual([
    ['paid/m', 'server', 0, 1, undefined],
    ['paid/m', 'stop', 1, 1, undefined],
  ]);
  expect(await setAside()).toBe(0);
});
