import { expect, it } from 'vitest';
import type { EndEvent, StreamFunction } from '../../src/llm/stream-event.ts';
import { openProviders, type Providers } from '../../src/providers/providers.ts';
import { gatewayHouse, type House } from '../support/gateway-house.ts';
import { sseData, startHttpServer } from '../support/http-server.ts';
import { seededRandom } from '../support/scaled-pace.ts';
import { VirtualTime } from '../support/virtual-time.ts';

/** A team's server has no room for 12 s and little after; 200 editors ask it in the same moment, three questions each. */
const editors = 200;
const questions = 3;
const overloadedMs = 12_000;
const retryAfterS = 5;
/** Requests a second that it can answer once it works again, and what each takes. */
const capacity = 150;
const serviceMs = 20;

interface Arrival {
  /** Milliseconds since the first. */
  readonly at: number;
  readonly served: boolean;
  /** Requests of the same editor that were under way, this one among them. */
  readonly together: number;
}

/** The server, in virtual time, over real connections. */
async function startTeamServer(time: VirtualTime) {
  const arrivals: Arrival[] = [];
  const open = new Map<string, number>();
  const begin = time.now;
  const state = { sleeping: 0 };
  const server = await startHttpServer(async (request, response) => {
    const at = time.now - begin;
    const editor = String(request.headers['x-editor']);
    const together = (open.get(editor) ?? 0) + 1;
    open.set(editor, together);
    const recent = arrivals.filter((one) => one.served && one.at > at - 1000).length;
    const served = at > overloadedMs && recent < capacity;
    arrivals.push({ at, served, together });
    state.sleeping++;
    await time.sleep(serviceMs);
    state.sleeping--;
    open.set(editor, (open.get(editor) ?? 1) - 1);
    if (served) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(answer);
      return;
    }
    const status = arrivals.length % 2 === 0 ? 429 : 503;
    response.writeHead(status, { 'retry-after': String(retryAfterS), 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'No room' } }));
  });
  return { server, arrivals, sleeping: () => state.sleeping };
}

const chunk = (delta: object, finish: string | null): string =>
  sseData({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] });
const answer = chunk({ content: 'Here you are.' }, null) + chunk({}, 'stop') + sseData('[DONE]');

/** The real wires, with a count of the requests under way. */
function countedProviders(): { readonly providers: Providers; readonly underWay: () => number } {
  const providers = openProviders();
  let underWay = 0;
  const counted = (stream: StreamFunction): StreamFunction =>
    async function* (...asked) {
      underWay++;
      try {
        yield* stream(...asked);
      } finally {
        underWay--;
      }
    };
  return { providers: { ...providers, stream: (name) => counted(providers.stream(name)) }, underWay: () => underWay };
}

/** Asks as a person would: is told when nothing can be had, and asks again at the time that he was told. */
async function askUntilServed({ gateway }: House, time: VirtualTime): Promise<{ readonly told: number }> {
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }] as const;
  const request = { kind: 'chat', messages, parameters: {} } as const;
  for (let told = 0; ; told++) {
    let end: EndEvent | undefined;
    for await (const event of gateway.stream({ role: 'chat', request }, new AbortController().signal)) {
      if (event.type === 'end') end = event;
    }
    if (end?.finish === 'stop') return { told };
    if (!end?.error?.retryAfterMs || told > 8) throw new Error(`neither served nor told when: ${JSON.stringify(end)}`);
    await time.sleep(end.error.retryAfterMs);
  }
}

const peakOf = (times: readonly number[], windowMs: number): number =>
  times.reduce((most, from) => Math.max(most, times.filter((at) => at >= from && at < from + windowMs).length), 0);

it('two hundred editors do not fall upon one server that has no room', { timeout: 120_000 }, async () => {
  const time = new VirtualTime();
  const { server, arrivals, sleeping } = await startTeamServer(time);
  await using _ = server;
  const { providers, underWay } = countedProviders();
  const houses = Array.from({ length: editors }, (__, nth) => {
    const team = { vendor: 'openai-compatible', baseUrl: `${server.url}/v1`, headers: { 'x-editor': `e${nth}` } };
    // In real time, which passes on a busy machine while the virtual one stands still.
    const patient = { ...team, timeouts: { connectMs: 0, firstTokenMs: 0, idleMs: 0 } };
    return gatewayHouse(
      { providers: { team: patient }, roles: { chat: 'team/m' } },
      time.pace(seededRandom(nth + 1)),
      providers,
    );
  });
  const work = Promise.all(
    houses.flatMap((house) => Array.from({ length: questions }, () => askUntilServed(house, time))),
  );
  const outcomes = await time.run(work, () => underWay() - sleeping());
  for (const house of houses) house[Symbol.dispose]();
  providers.close();

  const asked = editors * questions;
  const retries = arrivals.filter(({ at }) => at > serviceMs);
  const inVain = retries.filter(({ at }) => at <= overloadedMs);
  const times = retries.map(({ at }) => at);
  const vain = inVain.map(({ at }) => at);
  const [first = 0] = times;
  const wave = times.filter((at) => at < first + (retryAfterS * 1000) / 2);
  const figures = {
    'first retry after': Math.min(...times),
    'first retries spread over': Math.max(...wave) - first,
    'retries in a second, at most, while there is no room': peakOf(vain, 1000),
    'retries in 100 ms, at most, while there is no room': peakOf(vain, 100),
    'requests in a second, at most, when there is room again': peakOf(times, 1000),
    'retries of one editor under way at once, before it works again': Math.max(
      ...inVain.map(({ together }) => together),
    ),
    'questions that were told to wait': outcomes.filter(({ told }) => told > 0).length,
    'requests in all': arrivals.length,
    'all served after': Math.max(...arrivals.map(({ at }) => at)),
  };
  const lines = Object.entries(figures).map(([what, figure]) => `  ${what}: ${Math.round(figure)}`);
  console.log(`${asked} questions of ${editors} editors, ${asked} in the first instant:\n${lines.join('\n')}`);

  expect(outcomes).toHaveLength(asked);
  // Nobody comes before the server's time.
  expect(figures['first retry after']).toBeGreaterThanOrEqual(retryAfterS * 1000);
  // They come spread over half the pause: 80 a second on the average, where without that 600 come at once.
  expect(figures['first retries spread over']).toBeGreaterThan(2000);
  expect(figures['retries in a second, at most, while there is no room']).toBeLessThan(120);
  expect(figures['retries in 100 ms, at most, while there is no room']).toBeLessThan(25);
  expect(figures['requests in a second, at most, when there is room again']).toBeLessThan(240);
  expect(figures['retries of one editor under way at once, before it works again']).toBe(1);
  expect(arrivals.length).toBeLessThan(asked * 3);
});
