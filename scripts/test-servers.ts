// npm run test:servers: starts real servers where they can be had and talks to them through the product's own code.
// Not part of npm test: the first run builds llama.cpp's server and installs LiteLLM, which takes a while.
import { openProviders } from '../src/providers/providers.ts';
import { messageOf } from '../src/util/message-of.ts';
import { checkCluster } from './servers/check-cluster.ts';
import { checkLitellm } from './servers/check-litellm.ts';
import { checkLlamaServers, type LlamaServers, startLlamaServers } from './servers/check-llama-server.ts';
import { checkVllm } from './servers/check-vllm.ts';
import type { CheckResult } from './servers/checks.ts';
import { SetupError, StepFailed } from './setup/step.ts';

type Outcome = { readonly server: string } & (
  | { readonly results: readonly CheckResult[] }
  | { readonly absent: string }
);

async function checked(server: string, work: () => Promise<readonly CheckResult[]>): Promise<Outcome> {
  console.error(`▸ ${server}`);
  try {
    return { server, results: await work() };
  } catch (error) {
    // What cannot be had here is told, and is no failure of ours.
    const cause = error instanceof StepFailed ? error.cause : error;
    const nextStep = cause instanceof SetupError ? `\n→ ${cause.nextStep}` : '';
    return { server, absent: messageOf(cause) + nextStep };
  }
}

const providers = openProviders();
let llama: LlamaServers | undefined;
const outcomes: readonly Outcome[] = [
  await checked('llama.cpp', async () => {
    llama = await startLlamaServers();
    return checkLlamaServers(providers, llama);
  }),
  await checked('LiteLLM proxy', () => checkLitellm(providers, llama)),
  await checked('A cluster as docs/cluster.md has it', async () => {
    if (!llama) throw new SetupError('Its completions come from a llama.cpp server, which is not there.', 'See above.');
    return checkCluster(providers, llama);
  }),
  await checked('vLLM', () => checkVllm(providers)),
];
await llama?.[Symbol.asyncDispose]();
providers.close();

const marks = { passed: '✓', failed: '✗', skipped: '–' } as const;
for (const outcome of outcomes) {
  console.log(`\n${outcome.server}`);
  if ('absent' in outcome) console.log(`  not started: ${outcome.absent.replaceAll('\n', '\n  ')}`);
  else
    for (const { check, outcome: came, detail } of outcome.results) console.log(`  ${marks[came]} ${check}: ${detail}`);
}
const all = outcomes.flatMap((outcome) => ('results' in outcome ? outcome.results : []));
const count = (wanted: CheckResult['outcome']): number => all.filter(({ outcome }) => outcome === wanted).length;
console.log(`\n${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
process.exitCode = count('failed') === 0 ? 0 : 1;
