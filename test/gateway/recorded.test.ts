import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/gateway/ask.ts';
import type { SetAside } from '../../src/gateway/gate.ts';
import { recorded } from '../../src/gateway/recorded.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ModelFacts } from '../../src/llm/model-facts.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import type { StreamEvent, StreamFunction, Usage } from '../../src/llm/stream-event.ts';
import { databaseAt } from '../../src/store/database.ts';
import { UsageLedger } from '../../src/store/usage-ledger.ts';
import { Reservations } from '../../src/store/usage-reservations.ts';
import { fails, type Step, says, scriptedStream } from '../support/scripted-stream.ts';

const never = new AbortController().signal;
const price = { input: 10, output: 100 };
const text = (words: string): Step => ({ type: 'text', text: words });

/** 400 characters: about 100 tokens, for $0.001. */
const request: ChatRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'word'.repeat(100) }] }],
  parameters: { maxOutputTokens: 50 },
};
const ask: Ask = { role: 'chat', chatId: 'c', request };

function model(facts: ModelFacts = { price, priceFrom: 'catalog 2026-11-10' }, local = false): Model {
  const timeouts = { connectMs: 0, firstTokenMs: 0, idleMs: 0 };
  const endpoint = { provider: 'cloud', vendor: 'v', baseUrl: 'https://x', headers: {}, timeouts, quirks: {} };
  return { ref: 'cloud/m', id: 'm', chat: 'openai-chat', endpoint: { ...endpoint, keyHeader: 'none', local }, facts };
}

function desk(path = ':memory:') {
  const open = databaseAt(path);
  const ledger = new UsageLedger(open);
  const reports: string[] = [];
  const run = async (stream: StreamFunction, of = model(), asked = ask, setAside?: SetAside) => {
    const events: StreamEvent[] = [];
    const door = recorded(stream, asked, ledger, (problem) => reports.push(problem), setAside);
    for await (const event of door(of, request, never)) events.push(event);
    return events;
  };
  return { open, ledger, reports, run };
}

describe('the row of a request', () => {
  it.each<[what: string, script: readonly Step[], row: object, of?: Model]>([
    [
      'has what the endpoint counted, at the price of that day',
      [text('hi'), { ...says('hi'), usage: { input: 100, output: 10 } }],
      { usage: { input: 100, output: 10 }, cost: 0.002, priceFrom: 'catalog 2026-11-10', outcome: 'stop', position: 1 },
    ],
    [
      'has an estimate where it counted nothing',
      [text('word'.repeat(10))],
      { usage: { input: 100, output: 10, estimated: true }, cost: 0.002 },
    ],
    ['costs nothing where it was refused', [fails({ code: 'rate-limit', status: 429 })], { cost: 0 }],
    ['costs nothing where nobody was there', [fails({ code: 'connection-refused' })], { cost: 0 }],
    ['costs nothing where the server failed at once', [fails({ code: 'server', status: 503 })], { cost: 0 }],
    [
      'costs what was read where nobody knows what became of it',
      [fails({ code: 'first-token-timeout' })],
      { usage: { input: 100, output: 0, estimated: true }, cost: 0.001 },
    ],
    [
      'costs what was written before it broke off',
      [text('word'.repeat(10)), { ...says('word'.repeat(10)), ...withError('stream-cut') }],
      { usage: { input: 100, output: 10, estimated: true }, cost: 0.002, outcome: 'stream-cut' },
    ],
    [
      'does not take the count of a reply’s beginning for that of all of it',
      [
        text('word'.repeat(10)),
        { ...says('word'.repeat(10)), ...withError('stream-cut'), usage: { input: 90, output: 1 } },
      ],
      { usage: { input: 90, output: 10, estimated: true }, cost: 0.0019 },
    ],
    [
      'of an unknown price has no cost, which is not nought',
      [{ ...says('hi'), usage: { input: 100, output: 10 } }],
      expect.not.objectContaining({ cost: expect.anything() }),
      model({}),
    ],
    [
      'of a local model costs nothing',
      [{ ...says('hi'), usage: { input: 100, output: 10 } }],
      { cost: 0, expectedCost: 0, priceFrom: 'local' },
      model({}, true),
    ],
  ])('%s', async (_, script, expected, of = model()) => {
    const { run, ledger, reports } = desk();
    await run(scriptedStream(script), of);
    const rows = await ledger.since(0);
    expect(rows).toMatchObject([expected]);
    expect(reports).toEqual([]);
  });

  it('stands before the request leaves, with what it is thought to take', async () => {
    const { run, ledger } = desk();
    let before: unknown;
    await run(async function* () {
      before = await ledger.since(0);
      yield says('hi');
    });
    // 100 tokens in (estimated rather too high) and the 50 it may write at most.
    expect(before).toMatchObject([{ outcome: 'pending', expectedCost: expect.closeTo(0.0063, 3) }]);
  });

  it('tells its place in the chain and whom it was asked instead of', async () => {
    const { run, ledger } = desk();
    const tried = [
      { model: 'a/1', why: 'overloaded' },
      { model: 'b/2', why: 'slow' },
    ] as const;
    await run(scriptedStream([says('hi')]), model(), { ...ask, tried });
    expect(await ledger.since(0)).toMatchObject([{ position: 3, fellFrom: 'b/2' }]);
  });
});

describe('a database that another process holds', () => {
  it('holds no request up where no budget hangs on it: its row follows', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'tutti-recorded-')), 'tutti.db');
    const { run, ledger, reports } = desk(path);
    await ledger.since(0);
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    expect((await run(scriptedStream([text('hi'), says('hi')]))).at(-1)).toMatchObject({ finish: 'stop' });
    other.exec('rollback');
    other.close();
    await expect.poll(async () => (await ledger.since(0)).length).toBe(1);
    expect(reports).toEqual([]);
  });

  it('stops a request that a budget has to count', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'tutti-recorded-')), 'tutti.db');
    const { run, ledger, open } = desk(path);
    const wanted = { at: 1, provider: 'cloud', amount: 0.5 };
    const verdict = await new Reservations(open).reserve(wanted, []);
    const reservation = verdict.kind === 'reserved' ? verdict.id : 0;
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    const stream = scriptedStream([says('hi')]);
    const events = await run(stream, model(), ask, { expectedCost: 0.5, reservation });
    expect(events).toMatchObject([{ error: { code: 'budget', message: expect.stringContaining('locked') } }]);
    expect(stream.calls).toHaveLength(0);
    other.exec('rollback');
    other.close();
    expect(await ledger.since(0)).toEqual([]);
  });
});

describe('a vendor’s cache that stops hitting', () => {
  const hit: Usage = { input: 10_000, cached: 9000, output: 5 };
  const miss: Usage = { input: 11_000, output: 5 };
  const kinds = (events: readonly StreamEvent[]): readonly string[] =>
    events.map((event) => (event.type === 'notice' ? event.notice.kind : event.type));

  it('is told once a chat, before the end', async () => {
    const { run } = desk();
    const replies = (usages: readonly Usage[]) => scriptedStream(...usages.map((usage) => [{ ...says('hi'), usage }]));
    const stream = replies([hit, miss, hit, miss]);
    const told = [];
    for (let turn = 0; turn < 4; turn++) told.push(kinds(await run(stream)));
    expect(told).toEqual([['end'], ['cache-lost', 'end'], ['end'], ['end']]);
    const other = replies([hit, miss]);
    await run(other, model(), { ...ask, chatId: 'd' });
    expect(kinds(await run(other, model(), { ...ask, chatId: 'd' }))).toEqual(['cache-lost', 'end']);
  });
});

function withError(code: 'stream-cut') {
  const { finish, error } = fails({ code });
  return { finish, ...(error && { error }) };
}
