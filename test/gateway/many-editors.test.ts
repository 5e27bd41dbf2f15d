import { expect, it } from 'vitest';
import type { EndEvent } from '../../src/llm/stream-event.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { delay } from '../../src/util/delay.ts';
import { gatewayHouse, type House } from '../support/gateway-house.ts';
import { sseData, startHttpServer } from '../support/http-server.ts';
import { scaledPace } from '../support/scaled-pace.ts';

/** One server of a team that has no room for 12 s and little after; 200 editors ask it at once, three questions each. */
const editors = 200;
const questions = 3;
/** The editors' clocks run so many times as fast as the real one. */
const speed = 4;
const overloadedMs = 12_000;
const retryAfterS = 5;
/** Requests a second that it can answer once it works again. */
const capacity = 150;

interface Arrival {
  readonly at: number;
  readonly editor: string;
  readonly served: boolean;
  /** Requests of the same editor that were under way, this one among them. */
  readonly together: number;
  /** Since the editor was first told to come later; absent = it was not yet. */
  readonly sinceTold?: number;
}

function answerWith(text: string): string {
  const chunk = (delta: object, finish: string | null): string =>
    sseData({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] });
  return chunk({ content: text }, null) + chunk({}, 'stop') + sseData('[DONE]');
}

async function startTeamServer() {
  const arrivals: Arrival[] = [];
  const open = new Map<string, number>();
  const toldAt = new Map<string, number>();
  let begin: number | undefined;
  const server = await startHttpServer(async (request, response) => {
    begin ??= performance.now();
    const at = (performance.now() - begin) * speed;
    const editor = String(request.headers['x-editor']);
    const together = (open.get(editor) ?? 0) + 1;
    open.set(editor, together);
    const recent = arrivals.filter((one) => one.served && one.at > at - 1000).length;
    const served = at > overloadedMs && recent < capacity;
    const told = toldAt.get(editor);
    arrivals.push({ at, editor, served, together, ...(told !== undefined && { sinceTold: at - told }) });
    // So long that requests of one editor would be seen beside each other.
    await delay(20, new AbortController().signal);
    open.set(editor, (open.get(editor) ?? 1) - 1);
    if (served) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(answerWith('Here you are.'));
      return;
    }
    if (!toldAt.has(editor)) toldAt.set(editor, (performance.now() - begin) * speed);
    const status = arrivals.length % 2 === 0 ? 429 : 503;
    response.writeHead(status, { 'retry-after': String(retryAfterS), 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'No room' } }));
  });
  return { server, arrivals };
}

/** Asks as a person would: is told when nothing can be had, and asks again at the time that he was told. */
async function askUntilServed({ gateway }: House): Promise<{ readonly told: number }> {
  const request = {
    kind: 'chat',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
    parameters: {},
  } as const;
  for (let told = 0; ; told++) {
    let end: EndEvent | undefined;
    for await (const event of gateway.stream({ role: 'chat', request }, AbortSignal.timeout(60_000))) {
      if (event.type === 'end') end = event;
    }
    if (end?.finish === 'stop') return { told };
    if (!end?.error?.retryAfterMs || told > 8) throw new Error(`neither served nor told when: ${JSON.stringify(end)}`);
    await delay(end.error.retryAfterMs / speed, new AbortController().signal);
  }
}

const peakOf = (times: readonly number[], windowMs: number): number =>
  times.reduce((most, from) => Math.max(most, times.filter((at) => at >= from && at < from + windowMs).length), 0);

it('two hundred editors do not fall upon one server that has no room', { timeout: 60_000 }, async () => {
  const { server, arrivals } = await startTeamServer();
  await using _ = server;
  const providers = openProviders();
  const houses = Array.from({ length: editors }, (__, nth) => {
    const team = { vendor: 'openai-compatible', baseUrl: `${server.url}/v1`, headers: { 'x-editor': `e${nth}` } };
    const settings = { providers: { team }, roles: { chat: 'team/m' } };
    return gatewayHouse(settings, scaledPace(speed, nth + 1), providers);
  });
  const outcomes = await Promise.all(
    houses.flatMap((house) => Array.from({ length: questions }, () => askUntilServed(house))),
  );
  for (const house of houses) house[Symbol.dispose]();
  providers.close();

  const asked = editors * questions;
  // What had left before the first answer came is no retry, however late it arrives on a busy machine.
  const isRetry = ({ sinceTold = 0 }: Arrival): boolean => sinceTold > (retryAfterS * 1000) / 2;
  const first = arrivals.filter((one) => !isRetry(one));
  const later = arrivals.filter(isRetry);
  const inVain = later.filter(({ served }) => !served);
  const firstRetry = Math.min(...later.map(({ at }) => at));
  const wave = later.filter(({ at }) => at < firstRetry + (retryAfterS * 1000) / 2);
  const figures = {
    questions: asked,
    served: outcomes.length,
    'told to wait at least once': outcomes.filter(({ told }) => told > 0).length,
    requests: arrivals.length,
    'first wave, all at once': peakOf(
      first.map(({ at }) => at),
      1000,
    ),
    'retries in a second at most, before it works again': peakOf(
      inVain.map(({ at }) => at),
      1000,
    ),
    'the same without spread and breaker': asked,
    'first retry after (s)': Number((firstRetry / 1000).toFixed(1)),
    'the first retries come over (s)': Number(((Math.max(...wave.map(({ at }) => at)) - firstRetry) / 1000).toFixed(1)),
    'an editor’s retries under way at once, at most': Math.max(
      ...inVain.filter(({ at }) => at < overloadedMs).map(({ together }) => together),
    ),
  };
  console.log(
    `200 editors, one server:\n${Object.entries(figures)
      .map(([what, figure]) => `  ${what}: ${figure}`)
      .join('\n')}`,
  );

  expect(outcomes).toHaveLength(asked);
  // One of each editor tries, and they come spread over half the pause.
  expect(figures['an editor’s retries under way at once, at most']).toBe(1);
  expect(figures['retries in a second at most, before it works again']).toBeLessThan(editors * 0.75);
  expect(arrivals.length).toBeLessThan(asked * 4);
});
