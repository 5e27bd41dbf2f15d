// What typing for a minute in a file of 10,000 lines costs the extension host, beside the same without Tutti.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { askExtensionHost } from '../../test/support/extension-host.ts';
import { sseData, startHttpServer } from '../../test/support/http-server.ts';
import { startVscodeServer } from '../../test/support/vscode-server.ts';
import { vsixFile } from '../setup/paths.ts';
import { longFile, suggestion } from './cpu-text.ts';
import { printFigure } from './figure.ts';
import type { EventLoop } from './inside/cpu.ts';

const seconds = Number(process.env['TUTTI_BENCH_SECONDS'] ?? 60);

await using model = await startHttpServer((request, response) => {
  const { prompt = '' } = request.method === 'POST' ? (JSON.parse(request.body) as { prompt?: string }) : {};
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const pieces = suggestion(prompt).match(/[\s\S]{1,16}/g) ?? [];
  for (const text of pieces) response.write(sseData({ choices: [{ index: 0, text, finish_reason: null }] }));
  response.end(sseData({ choices: [{ index: 0, text: '', finish_reason: 'stop' }] }) + sseData('[DONE]'));
});
const settings = {
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.autoClosingBrackets': 'never',
  'tutti.providers': {
    bench: { vendor: 'openai-compatible', baseUrl: `${model.url}/v1`, models: { instant: { fim: 'infill' } } },
  },
  'tutti.roles': { completion: 'bench/instant' },
};

const folder = await mkdtemp(join(tmpdir(), 'tutti-cpu-'));
const { text, line } = longFile();
await writeFile(join(folder, 'long.ts'), text);
const without = await typeFor([]);
const asked = model.seen.length;
if (asked > 0) throw new Error('somebody asked the model without Tutti');
const tutti = await typeFor([process.env['TUTTI_BENCH_VSIX'] ?? vsixFile]);
await rm(folder, { recursive: true });

console.log(
  `  ${tutti.keys} keys in ${seconds} s, ${model.seen.length} requests, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
for (const [who, { blocks, busy, cpuSeconds }] of [
  ['without Tutti', without],
  ['with Tutti', tutti],
] as const) {
  const list = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(' ');
  console.log(
    `  ${who}: longest blocks ${list(blocks)} ms, computing ${list(busy)} ms of them; ${cpuSeconds.toFixed(1)} s of CPU`,
  );
}
if (model.seen.length < tutti.keys / 20)
  throw new Error(`Only ${model.seen.length} requests came of ${tutti.changes} changes: ${tutti.lastAnswer}`);
printFigure({
  what: 'longest time the extension host computes in one go',
  unit: 'ms',
  tutti: tutti.busy[0] ?? 0,
  limit: 30,
});
printFigure({ what: 'event loop late, p99', unit: 'ms', tutti: tutti.blockP99, without: without.blockP99, limit: 10 });
printFigure({
  what: 'CPU share of the extension host',
  unit: '%',
  tutti: (100 * tutti.cpuSeconds) / seconds,
  without: (100 * without.cpuSeconds) / seconds,
  limit: 20,
});
printFigure({
  what: 'heap grown by',
  unit: 'MB',
  tutti: tutti.heapGrowthMegabytes,
  without: without.heapGrowthMegabytes,
  limit: 20,
});

async function typeFor(extensions: readonly string[]): Promise<EventLoop> {
  await using server = await startVscodeServer({ extensions, settings, runsModules: true });
  const { TUTTI_BENCH_PROFILE: profile } = process.env;
  const env = {
    TUTTI_BENCH_FILE: join(folder, 'long.ts'),
    TUTTI_BENCH_LINE: String(line),
    TUTTI_BENCH_SECONDS: String(seconds),
    ...(profile !== undefined && { TUTTI_BENCH_PROFILE: profile }),
  };
  const module = join(import.meta.dirname, 'inside/cpu.ts');
  return (await askExtensionHost(server, { folder, module, env, timeoutMs: 60_000 + 2000 * seconds })) as EventLoop;
}
