// A reply of 20,000 tokens in the real VS Code: what is seen of it and when, what the extension host takes, a view hidden or loaded anew.
import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { setTimeout as rest } from 'node:timers/promises';
import type { FrameLocator } from 'playwright-core';
import { sseData, startHttpServer } from '../../test/support/http-server.ts';
import { openTutti, replied, send } from '../../test/support/tutti-window.ts';
import { reload } from '../../test/support/workbench.ts';
import { runCommand } from '../../test/support/workbench-input.ts';
import { openChat } from '../../test/support/workbench-parts.ts';
import { printFigure } from './figure.ts';

const part = (nth: number): string =>
  `Part ${nth} with **bold** words, \`code\` and more.\n\n- one item\n- another\n\n\`\`\`ts\nconst value = compute(other, 42); // why\n\`\`\`\n\n`;
const count = Math.ceil(80_000 / part(100).length);
const tokens = `${Array.from({ length: count }, (_, nth) => part(nth)).join('')}The end.`.match(/[\s\S]{1,4}/g) ?? [];

/** How the next reply comes: `share` of the tokens in so many milliseconds. */
let next = { share: 0.001, ms: 1 };
const sent = { first: 0, last: 0 };

await using model = await startHttpServer(async (request, response) => {
  if (request.method !== 'POST') return void response.end(JSON.stringify({ data: [{ id: 'fast' }] }));
  const { share, ms } = next;
  const wanted = tokens.slice(-Math.ceil(tokens.length * share));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (content: string): string =>
    sseData({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });
  const start = performance.now();
  sent.first = Date.now();
  for (let at = 0; at < wanted.length; ) {
    const due = Math.min(wanted.length, Math.ceil((wanted.length * (performance.now() - start + 5)) / ms));
    response.write(wanted.slice(at, due).map(chunk).join(''));
    at = due;
    await rest(5);
  }
  sent.last = Date.now();
  response.end(sseData({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) + sseData('[DONE]'));
});

await using tutti = await openTutti({
  settings: {
    'tutti.providers': {
      bench: {
        vendor: 'openai-compatible',
        baseUrl: `${model.url}/v1`,
        models: { fast: { contextWindow: 1_000_000 } },
      },
    },
    'tutti.roles': { chat: 'bench/fast' },
  },
});
const { page } = tutti.workbench;
/** Bytes that came from the extension host to the window. */
let told = 0;
page.on('websocket', (socket) => {
  socket.on('framereceived', ({ payload }) => {
    told += payload.length;
  });
});
await reload(tutti.workbench);

const first = await openChat(tutti.workbench);
await send(first, 'hello');
await replied(first);
const [host] = await tutti.server.extensionHosts();
if (host === undefined) throw new Error('No extension host');
const before = await memory(host);

await atOnce(first);
await hidden(first);
await loadedAnew();
console.log(
  `  load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);

async function atOnce(chat: FrameLocator): Promise<void> {
  next = { share: 1, ms: 100 };
  const watched = watchReply(chat);
  await send(chat, 'all at once');
  const { firstSeen, allSeen, longTasks } = await watched;
  const longest = Math.max(0, ...longTasks);
  printFigure({ what: '20,000 tokens in 0.1 s: first words', unit: 'ms', tutti: firstSeen - sent.first, limit: 150 });
  printFigure({ what: '20,000 tokens in 0.1 s: all drawn', unit: 'ms', tutti: allSeen - sent.first, limit: 1000 });
  printFigure({ what: '20,000 tokens in 0.1 s: longest task of the page', unit: 'ms', tutti: longest, limit: 50 });
  await replied(chat);
  const { peak } = await memory(host ?? 0);
  printFigure({ what: 'extension host, at its peak', unit: 'MB', tutti: peak, limit: 300 });
  console.log(`  ${before.now.toFixed(0)} MB before the first long reply`);
}

/** The words of the last reply as they are drawn, with the time of day. */
function watchReply(chat: FrameLocator): Promise<{ firstSeen: number; allSeen: number; longTasks: number[] }> {
  return chat.locator('body').evaluate(
    () =>
      new Promise((resolve) => {
        const longTasks: number[] = [];
        new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe(
          {
            type: 'longtask',
          },
        );
        const replies = () => document.querySelectorAll('.message.from-assistant');
        const known = replies().length;
        let firstSeen = 0;
        const look = () => {
          const reply = replies().length > known ? [...replies()].at(-1) : undefined;
          const words = reply?.querySelector('.markdown > :last-child')?.textContent ?? '';
          if (firstSeen === 0 && words !== '') firstSeen = Date.now();
          if (!words.trimEnd().endsWith('The end.')) return void requestAnimationFrame(look);
          requestAnimationFrame(() => resolve({ firstSeen, allSeen: Date.now(), longTasks }));
        };
        look();
      }),
  );
}

/** The same reply of 10 s twice, seen and hidden. */
async function hidden(chat: FrameLocator): Promise<void> {
  next = { share: 0.5, ms: 10_000 };
  await send(chat, 'slowly');
  const seen = await costFor(8000);
  await replied(chat);
  await send(chat, 'and hidden');
  await runCommand(tutti.workbench, 'View: Show Explorer');
  await chat.locator('body').waitFor({ state: 'hidden' });
  const unseen = await costFor(6000);
  printFigure({ what: 'sent to the window a second for a hidden view', unit: 'kB', tutti: unseen.told, limit: 1 });
  console.log(`  ${seen.told.toFixed(1)} kB for one that is seen`);
  printFigure({
    what: 'CPU of the extension host for a reply nobody sees, at 1,000 tokens a second',
    unit: '%',
    tutti: unseen.cpu,
    limit: Math.round(seen.cpu),
  });
  const start = performance.now();
  const back = await openChat(tutti.workbench);
  await back.locator('.from-assistant .markdown').last().waitFor();
  console.log(`  ${(performance.now() - start).toFixed(0)} ms until it is seen again, the command to show it included`);
  await replied(back);
}

/** Kilobytes a second and percent of a processor. */
async function costFor(ms: number): Promise<{ readonly told: number; readonly cpu: number }> {
  const [toldBefore, cpuBefore] = [told, await cpuSeconds(host ?? 0)];
  await rest(ms);
  return {
    told: (told - toldBefore) / ms,
    cpu: (100 * ((await cpuSeconds(host ?? 0)) - cpuBefore)) / (ms / 1000),
  };
}

async function loadedAnew(): Promise<void> {
  const chat = await openChat(tutti.workbench);
  next = { share: 1, ms: 12_000 };
  await send(chat, 'and loaded anew');
  await chat.locator('.from-assistant .markdown').last().waitFor();
  const gone = new Promise<number>((resolve) => page.once('framedetached', () => resolve(performance.now())));
  await runCommand(tutti.workbench, 'Developer: Reload Webviews');
  const start = await gone;
  await chat.locator('.from-assistant .markdown').last().waitFor();
  printFigure({ what: 'the view loaded anew in a reply', unit: 'ms', tutti: performance.now() - start, limit: 2000 });
  await chat.getByText('The end.').last().waitFor({ timeout: 30_000 });
  await replied(chat);
  const words = (await chat.locator('.from-assistant .markdown').last().textContent()) ?? '';
  const parts = [...words.matchAll(/Part (\d+) with/g)].map(([, nth]) => Number(nth));
  const whole = parts.length === count && parts.every((nth, at) => nth === at);
  if (!whole) throw new Error(`After loading anew the reply has ${parts.length} of ${count} parts`);
}

/** Of a process, in megabytes. */
async function memory(pid: number): Promise<{ readonly now: number; readonly peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1000;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
