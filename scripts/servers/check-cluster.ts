import type { ServerResponse } from 'node:http';
import type { Role } from '../../src/gateway/roles.ts';
import type { Request } from '../../src/llm/request.ts';
import type { EndEvent, Notice } from '../../src/llm/stream-event.ts';
import type { Providers } from '../../src/providers/providers.ts';
import { messageOf } from '../../src/util/message-of.ts';
import { gatewayHouse, type House } from '../../test/support/gateway-house.ts';
import { sseData, startHttpServer, type TestServer } from '../../test/support/http-server.ts';
import { addInfill, helloReply } from '../../test/support/make-gguf.ts';
import { step } from '../setup/step.ts';
import { type LlamaServers, qwenPrompt } from './check-llama-server.ts';
import type { CheckResult } from './checks.ts';
import { type ClusterSettings, clusterRecipe } from './cluster-recipe.ts';
import { prepareLitellm, startLitellmWith } from './litellm.ts';

const keys = { TEAM_LLM_KEY: 'sk-of-the-team', VLLM_KEY: 'sk-of-vllm', LLAMA_KEY: 'sk-of-llama' } as const;
const bigReply = 'Hello from the cluster!';

/**
 * docs/cluster.md put to work as it stands, but for its addresses: its settings through Tutti's own gateway to a real
 * LiteLLM with its file, in front of a real llama.cpp server and of one that says what a busy vLLM says.
 */
export async function checkCluster(providers: Providers, llama: LlamaServers): Promise<readonly CheckResult[]> {
  await step('LiteLLM', prepareLitellm);
  const refusals: Refusal[] = [];
  await using vllm = await startBusyServer(refusals);
  const behind = clusterRecipe({
    'http://vllm.example.com:8000': vllm.url,
    'http://llama.example.com:8080': llama.hello.url,
  });
  const { VLLM_KEY, LLAMA_KEY, TEAM_LLM_KEY: LITELLM_MASTER_KEY } = keys;
  await using proxy = await startLitellmWith(behind.proxy, { VLLM_KEY, LLAMA_KEY, LITELLM_MASTER_KEY });
  const recipe = clusterRecipe({
    'https://llm.example.com': proxy.url,
    'http://llama.example.com:8080': llama.hello.url,
  });
  using team = house(recipe.team, providers);
  using box = house(recipe.box, providers);
  using stranger = house(recipe.team, providers, { TEAM_LLM_KEY: 'sk-of-nobody' });
  const results: CheckResult[] = [];
  const check = async (name: string, work: () => Promise<string>): Promise<void> => {
    try {
      results.push({ check: name, outcome: 'passed', detail: await work() });
    } catch (error) {
      // A failed check is a row of the table.
      results.push({ check: name, outcome: 'failed', detail: messageOf(error) });
    }
  };
  await check('the page’s settings: a chat', () => answers(team, 'chat', bigReply));
  await check('the page’s settings: a completion', () => answers(team, 'completion', addInfill));
  await check('the page’s settings without a proxy: a chat', () => answers(box, 'chat', helloReply));
  await check('the page’s settings without a proxy: a completion', () => answers(box, 'completion', addInfill));
  await check('the key goes to the proxy, the proxy’s to the server', () => keysSeen(vllm));
  await check('a wrong key is told as one', () => refusedKey(stranger));
  for (const status of [429, 503]) {
    await check(`${status} with Retry-After: as long as it says`, () => waits(team, vllm, refusals, status));
    await check(`${status} with a long Retry-After: told, not waited for`, () => tells(team, refusals, status));
  }
  return results;
}

function house(settings: ClusterSettings, providers: Providers, environment: Readonly<Record<string, string>> = keys) {
  return gatewayHouse({ ...settings, environment }, undefined, providers);
}

interface Refusal {
  readonly status: number;
  readonly retryAfter: string;
}

/** Speaks like vLLM; as long as there are refusals it gives those. */
function startBusyServer(refusals: Refusal[]): Promise<TestServer> {
  return startHttpServer((_, response) => {
    const refusal = refusals.shift();
    if (refusal) refuse(response, refusal);
    else say(response);
  });
}

function refuse(response: ServerResponse, { status, retryAfter }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': retryAfter });
  response.end(JSON.stringify({ error: { message: 'The server is overloaded.', type: 'overloaded', code: status } }));
}

function say(response: ServerResponse): void {
  const chunk = (delta: object, finish_reason: string | null): string =>
    sseData({
      id: 'c',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'big-chat',
      choices: [{ index: 0, delta, finish_reason }],
    });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of bigReply.split(/(?= )/)) response.write(chunk({ content }, null));
  response.end(chunk({}, 'stop') + sseData('[DONE]'));
}

interface Outcome {
  readonly text: string;
  readonly notices: readonly Notice[];
  readonly end: EndEvent;
}

async function asked({ gateway }: House, role: Role): Promise<Outcome> {
  const content = [{ type: 'text', text: 'Say hello in one sentence.' }] as const;
  const parameters = { maxOutputTokens: 32, temperature: 0 };
  const request: Request =
    role === 'chat'
      ? { kind: 'chat', messages: [{ role: 'user', content }], parameters }
      : { kind: 'completion', prompt: { type: 'raw', text: qwenPrompt }, parameters };
  const notices: Notice[] = [];
  let text = '';
  for await (const event of gateway.stream({ role, request }, new AbortController().signal)) {
    if (event.type === 'text') text += event.text;
    if (event.type === 'notice') notices.push(event.notice);
    if (event.type === 'end') return { text, notices, end: event };
  }
  throw new Error('The stream ended without its end event.');
}

async function answers(team: House, role: Role, wanted: string): Promise<string> {
  const { text, end } = await asked(team, role);
  if (end.error) throw new Error(`${end.error.code}: ${end.error.message}`);
  if (text !== wanted) throw new Error(`It said ${JSON.stringify(text)} and not ${JSON.stringify(wanted)}.`);
  return `${end.message.model} over ${end.message.protocol}`;
}

async function keysSeen({ seen }: TestServer): Promise<string> {
  const tokens = new Set(seen.map(({ headers }) => headers.authorization));
  if ([...tokens].join() !== `Bearer ${keys.VLLM_KEY}`) throw new Error(`It saw ${[...tokens].join()}.`);
  return 'the server never saw the team’s';
}

async function refusedKey(stranger: House): Promise<string> {
  const { end } = await asked(stranger, 'chat');
  if (end.error?.code !== 'authentication') throw new Error(`It was told as ${end.error?.code ?? end.finish}.`);
  return end.error.message.slice(0, 60);
}

/** The server says two seconds: the next request may not come sooner, and has to come. */
async function waits(team: House, vllm: TestServer, refusals: Refusal[], status: number): Promise<string> {
  const before = vllm.seen.length;
  refusals.push({ status, retryAfter: '2' });
  const { text, notices, end } = await asked(team, 'chat');
  if (text !== bigReply) throw new Error(`${end.error?.code}: ${end.error?.message}`);
  const told = notices.find((notice) => notice.kind === 'retrying');
  const [first, second, ...more] = vllm.seen.slice(before).map(({ startedAt }) => startedAt);
  if (first === undefined || second === undefined || more.length > 0) throw new Error('It was not asked just twice.');
  // Never sooner; a little later, so that not all come at once.
  if (!told || told.waitMs < 2000 || told.waitMs > 4000) throw new Error(`The wait told is ${told?.waitMs} ms.`);
  if (second - first < 1990) throw new Error(`It was asked again after ${(second - first).toFixed(0)} ms.`);
  return `${told.error.code}, asked again after ${((second - first) / 1000).toFixed(1)} s`;
}

async function tells(team: House, refusals: Refusal[], status: number): Promise<string> {
  refusals.push({ status, retryAfter: '300' });
  const { end, notices } = await asked(team, 'chat');
  team.gateway.forgetHealth();
  const left = refusals.splice(0).length;
  if (end.error?.retryAfterMs !== 300_000) {
    throw new Error(`It ended by ${end.error?.code ?? end.finish}, ${end.error?.retryAfterMs} ms.`);
  }
  if (left > 0 || notices.some(({ kind }) => kind === 'retrying')) throw new Error('It was waited for.');
  return `${end.error.code}, in ${end.error.retryAfterMs / 1000} s`;
}
