// The model inside beside bare node-llama-cpp, same model and prompt; what is read again per key and turn; how soon an abort is obeyed.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getLlama, LlamaChat, LlamaLogLevel } from 'node-llama-cpp';
import { type ChildHandlers, startChild } from '../../src/inference/child.ts';
import type { FromInference } from '../../src/protocol/from-inference.ts';
import type { ToInference } from '../../src/protocol/to-inference.ts';
import { binaries, buildInferenceBundle } from '../../test/support/inference-bundle.ts';
import { randomModel } from '../../test/support/make-gguf.ts';
import { tinyModelFile } from '../setup/tiny-model.ts';
import { median, printFigure } from './figure.ts';

const rounds = 5;
const replyTokens = 48;
const question = `Tell me what this is about. ${'The fox jumps over the lazy dog near the river. '.repeat(16)}`;
const sampling = { temperature: 0, stop: [], maxTokens: replyTokens };

interface Timed {
  readonly firstMs: number;
  readonly perSecond: number;
}

const folder = await mkdtemp(join(tmpdir(), 'tutti-bench-'));
await using _folder = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
const mainPath = await buildInferenceBundle(folder);
const randomFile = join(folder, 'random.gguf');
await writeFile(randomFile, randomModel());
const chatFile = existsSync(tinyModelFile) ? tinyModelFile : randomFile;
console.log(
  `  ${chatFile === tinyModelFile ? 'SmolLM2-135M-Instruct' : 'a self-made model'}, one thread, load ${loadavg()[0]?.toFixed(1)}`,
);

const llama = await getLlama({
  gpu: false,
  maxThreads: 1,
  build: 'never',
  progressLogs: false,
  logLevel: LlamaLogLevel.error,
});
const bareModel = await llama.loadModel({ modelPath: chatFile });
const bareChat = new LlamaChat({
  contextSequence: (await bareModel.createContext({ contextSize: 4096 })).getSequence(),
});
const inside = await openChild(chatFile);

const timed: { readonly bare: Timed[]; readonly ours: Timed[] } = { bare: [], ours: [] };
const delay = monitorEventLoopDelay({ resolution: 1 });
let longestBlock = 0;
for (let round = 0; round <= rounds; round++) {
  // A beginning of its own for each round, so that nothing of it is in memory.
  const text = `${round}. ${question}`;
  const bare = await timeBare(text);
  delay.reset();
  delay.enable();
  const ours = await inside.ask({ type: 'chat', id: 100 + round, messages: [{ role: 'user', text }], sampling });
  delay.disable();
  if (round === 0) continue;
  longestBlock = Math.max(longestBlock, delay.max / 1e6);
  timed.bare.push(bare);
  timed.ours.push(ours);
}
const of = (name: keyof typeof timed, what: keyof Timed): number => median(timed[name].map((time) => time[what]));
printFigure({
  what: 'first token',
  unit: 'ms',
  tutti: of('ours', 'firstMs'),
  without: of('bare', 'firstMs'),
  limit: 10,
});
const slower = 100 * (1 - of('ours', 'perSecond') / of('bare', 'perSecond'));
console.log(`  ${of('ours', 'perSecond').toFixed(1)} tokens/s; bare ${of('bare', 'perSecond').toFixed(1)}`);
printFigure({ what: 'tokens a second lost', unit: '%', tutti: slower, limit: 5 });
printFigure({ what: 'longest block of the asking process', unit: 'ms', tutti: longestBlock, limit: 30 });

const aborts: number[] = [];
for (let round = 0; round < 7; round++) {
  const id = 200 + round;
  const done = inside.ask({
    type: 'chat',
    id,
    messages: [{ role: 'user', text: `${round} ${question.repeat(4)}` }],
    sampling,
  });
  await new Promise((resolve) => setTimeout(resolve, 60 + 40 * round));
  const begun = performance.now();
  inside.send({ type: 'abort', id });
  await done;
  aborts.push(performance.now() - begun);
}
printFigure({ what: 'an abort while it reads, obeyed', unit: 'ms', tutti: median(aborts), limit: 50 });
const first = await inside.ask({ type: 'chat', id: 300, messages: [{ role: 'user', text: question }], sampling });
const again = [
  { role: 'user', text: question },
  { role: 'assistant', text: first.text },
  { role: 'user', text: 'And what else?' },
] as const;
const turn = await inside.ask({ type: 'chat', id: 301, messages: again, sampling });
console.log(`  second turn: ${turn.input - turn.cached} of ${turn.input} tokens read, ${turn.cached} were in memory`);
inside.kill();

const typist = await openChild(randomFile);
const before = 'export function twice(value: number): number {\n  return value * 2;\n}\n\n'.repeat(20);
const after = '\n\nexport const last = twice(21);\n'.repeat(8);
const typed = 'export const sum = (left: number, right: number): number => left + right;\n';
const shares: number[] = [];
for (let end = 0; end <= typed.length; end++) {
  const prefix = before + typed.slice(0, end);
  const ended = await typist.ask({
    type: 'infill',
    id: 400 + end,
    prefix,
    suffix: after,
    extra: [],
    sampling: { ...sampling, maxTokens: 8 },
  });
  if (end > 0) shares.push((100 * (ended.input - ended.cached)) / ended.input);
}
typist.kill();
printFigure({
  what: `prompt read again per key (most ${Math.max(...shares).toFixed(2)} %)`,
  unit: '%',
  tutti: median(shares),
  limit: 10,
});
await llama.dispose();

async function timeBare(text: string): Promise<Timed> {
  const begun = performance.now();
  let firstAt = 0;
  const before = bareChat.sequence.tokenMeter.getState();
  await bareChat.generateResponse(
    [
      { type: 'user', text },
      { type: 'model', response: [] },
    ],
    {
      temperature: 0,
      maxTokens: replyTokens,
      onTextChunk: () => {
        firstAt ||= performance.now();
      },
    },
  );
  const tokens = bareChat.sequence.tokenMeter.diff(before).usedOutputTokens;
  return { firstMs: firstAt - begun, perSecond: (1000 * (tokens - 1)) / (performance.now() - firstAt) };
}

interface Ended extends Timed {
  readonly text: string;
  readonly input: number;
  readonly cached: number;
}

type Question = Extract<ToInference, { type: 'chat' | 'infill' }>;

async function openChild(modelPath: string) {
  const ready = Promise.withResolvers<void>();
  const watchers = new Map<number, (message: FromInference) => void>();
  const message: ChildHandlers['message'] = (received) => {
    if (received.type === 'ready') child.send({ type: 'load', id: 0, modelPath, contextTokens: 4096 });
    else if (received.type === 'loaded') ready.resolve();
    else if (received.id === undefined || received.id === 0) ready.reject(new Error(JSON.stringify(received)));
    else watchers.get(received.id)?.(received);
  };
  const child = startChild(
    { mainPath, binaries, gpu: false, threads: 1 },
    { message, exit: (how) => ready.reject(how) },
  );
  await ready.promise;
  const ask = (question: Question): Promise<Ended> => {
    const { promise, resolve, reject } = Promise.withResolvers<Ended>();
    const begun = performance.now();
    let firstAt = 0;
    let text = '';
    watchers.set(question.id, (received) => {
      if (received.type === 'text') {
        firstAt ||= performance.now();
        text += received.text;
      } else if (received.type === 'failed') reject(new Error(received.message));
      else if (received.type === 'done') {
        const perSecond = (1000 * (received.outputTokens - 1)) / (performance.now() - firstAt);
        resolve({
          text,
          firstMs: firstAt - begun,
          perSecond,
          input: received.inputTokens,
          cached: received.cachedTokens,
        });
      }
    });
    child.send(question);
    return promise;
  };
  return { ask, send: child.send, kill: child.kill };
}
