import { afterAll, expect, it, vi } from 'vitest';
import { type Message, textOf } from '../../src/llm/message.ts';
import type { Request } from '../../src/llm/request.ts';
import type { EndEvent, StreamEvent } from '../../src/llm/stream-event.ts';
import { openProviders, type Providers } from '../../src/providers/providers.ts';
import { gatewayHouse } from '../support/gateway-house.ts';
import { scaledPace } from '../support/scaled-pace.ts';
import { type FaultServers, replyOf, startFaultServers } from './fault-server.ts';
import { type Wire, wires } from './fault-wires.ts';
import { type Fault, type Form, faults, half } from './faults.ts';

/** Every failure × first, second, last of a chain × before and after the first word × piece by piece or whole × wire. */
interface Case {
  readonly wire: Wire;
  readonly fault: Fault;
  readonly form: Form;
  readonly position: 0 | 1 | 2;
}

const ids = ['a', 'b', 'c'] as const;
const busy = faults.find(({ name }) => name === '503');
const enough = { connectMs: 8000, firstTokenMs: 8000, idleMs: 8000 };
const mostMs = 15_000;
const tally: string[] = [];

function casesOf(wire: Wire): readonly Case[] {
  return faults.flatMap((fault) =>
    fault.notFor?.(wire)
      ? []
      : fault.forms.flatMap((form) => ([0, 1, 2] as const).map((position) => ({ wire, fault, form, position }))),
  );
}

const messages: readonly Message[] = [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }];
const requests: Readonly<Record<Wire['kind'], Request>> = {
  chat: { kind: 'chat', messages, parameters: {} },
  completion: {
    kind: 'completion',
    prompt: { type: 'infill', prefix: 'a = ', suffix: '\n', extra: [] },
    parameters: {},
  },
};

/** The chain: what stands before the fault is busy, what stands behind it is well. */
function providersOf(servers: FaultServers, { wire, fault, form, position }: Case): object {
  const entries = ids.map((id, place) => {
    const own = place < position ? busy : place === position ? fault : undefined;
    const timeouts = { ...enough, ...(place === position && fault.timeouts) };
    const baseUrl = own ? servers.faulty(own, wire) : servers.good(id, wire, form);
    return [id, { vendor: 'openai-compatible', baseUrl, timeouts, [wire.kind]: wire.name }];
  });
  return Object.fromEntries(entries);
}

interface Seen {
  readonly text: string;
  readonly end: EndEvent;
  readonly switched: readonly string[];
  readonly offered: readonly string[];
  readonly rows: readonly string[];
}

async function run(servers: FaultServers, one: Case, providers: Providers): Promise<Seen> {
  const role = one.wire.kind;
  const roles = { [role]: { chain: ids.map((id) => `${id}/m`), localToCloud: true } };
  const settings = { providers: providersOf(servers, one), roles };
  using house = gatewayHouse(settings, scaledPace(20), providers);
  const events: StreamEvent[] = [];
  const stream = house.gateway.stream({ role, request: requests[role] }, AbortSignal.timeout(mostMs));
  for await (const event of stream) events.push(event);
  const end = events.at(-1);
  if (end?.type !== 'end' || events.filter(({ type }) => type === 'end').length !== 1) throw new Error('not one end');
  const notices = events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []));
  const rows = (await house.ledger.since(0)).map(({ model, outcome }) => `${model} ${outcome}`);
  return {
    text: events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
    end,
    switched: notices.flatMap((notice) =>
      notice.kind === 'switched' ? [`${notice.from} → ${notice.to}: ${notice.error.code}`] : [],
    ),
    offered: notices.flatMap((notice) => (notice.kind === 'continue-with' ? [notice.model] : [])),
    // Retries of one model are rows of their own.
    rows: rows.filter((row, nth) => row !== rows[nth - 1]),
  };
}

/** What is not as the table says; empty = all is. */
function complaints({ fault, position }: Case, { text, end, switched, offered, rows }: Seen): readonly string[] {
  const found: string[] = [];
  const demand = (what: string, actual: unknown, expected: unknown): void => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      found.push(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
    }
  };
  const goesOn = fault.outcome === 'next' && position < 2;
  const last = goesOn ? position + 1 : position;
  const answering = ids[last] ?? '';
  const said = goesOn ? replyOf(answering) : fault.when === 'after' ? half : '';
  const code = rows.find((row) => row.startsWith(`${ids[position]}/m `))?.split(' ')[1] ?? 'nothing';
  if (!fault.codes.some((known) => known === code)) found.push(`the failure is called ${code}`);
  const before = ids.slice(0, position).map((id) => `${id}/m overloaded`);
  const failing = `${ids[position]}/m ${code}`;
  demand('the text', text, said);
  demand('the message', textOf(end.message), said);
  demand('who answered', end.message.model, `${answering}/m`);
  demand('the error', end.error?.code, goesOn ? undefined : code);
  demand(
    'the lines told',
    switched,
    [...before, failing].slice(0, last).map((row, nth) => told(row, nth)),
  );
  demand('what is offered', offered, fault.outcome === 'offer' && position < 2 ? [`${ids[position + 1]}/m`] : []);
  demand('the rows', rows, [...before, failing, ...(goesOn ? [`${answering}/m stop`] : [])]);
  return found;
}

function told(row: string, place: number): string {
  const [model, code] = row.split(' ');
  return `${model} → ${ids[place + 1]}/m: ${code}`;
}

it.each(wires.map((wire) => [wire.name, wire] as const))(
  'over %s every failure comes to what the table says',
  { timeout: 120_000 },
  async (_, wire) => {
    await using servers = await startFaultServers();
    const providers = openProviders();
    const cases = casesOf(wire);
    const waiting = [...cases];
    const wrong: string[] = [];
    const work = async (): Promise<void> => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const name = `${one.fault.when} the first word: ${one.fault.name}, ${one.form}, place ${one.position + 1}`;
        try {
          const seen = await run(servers, one, providers);
          wrong.push(...complaints(one, seen).map((complaint) => `${name}: ${complaint}`));
        } catch (error) {
          wrong.push(`${name}: ${String(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: 12 }, work));
    expect(wrong).toEqual([]);
    await vi.waitFor(() => expect(servers.unfinished()).toBe(0), 5000);
    providers.close();
    await vi.waitFor(() => expect(servers.openSockets()).toBe(0), 5000);
    const count = (outcome: string): number => cases.filter(({ fault }) => fault.outcome === outcome).length;
    tally.push(`${wire.name}: ${cases.length} (${count('next')} next, ${count('offer')} offer, ${count('stop')} stop)`);
  },
);

afterAll(() => {
  console.log(`Fault matrix, all as expected:\n  ${tally.join('\n  ')}`);
});
