import type { CompletionProtocol } from '../../src/llm/model-facts.ts';
import type { ChatRequest, CompletionRequest } from '../../src/llm/request.ts';
import type { EndEvent } from '../../src/llm/stream-event.ts';
import type { Providers } from '../../src/providers/providers.ts';
import { parseJson, stringAt } from '../../src/util/json.ts';
import { messageOf } from '../../src/util/message-of.ts';
import { ask, endpointOf, modelOn, type ServerUnderTest } from './ask-server.ts';
import { relayTo } from './relay.ts';

/** What a server's models are there for. */
export interface Abilities {
  /** A model that chats; where `text` is known it says that and nothing else. */
  readonly says: Place & { readonly text?: string };
  /** A model that talks for ever, or for long. */
  readonly endless: Place;
  /** A model of real weights, of which nobody knows what it says. */
  readonly talks?: Place;
  readonly tools: Place | { readonly missing: string };
  readonly fills: readonly Filling[];
}

export interface Place {
  readonly model: string;
  /** Where a server of this kind runs that model, if it is another one. */
  readonly url?: string;
}

export interface Filling {
  readonly name: string;
  readonly model: string;
  readonly wire: CompletionProtocol;
  readonly prompt: CompletionRequest['prompt'];
  readonly text: string;
}

export interface CheckResult {
  readonly check: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly detail: string;
}

/** Talks to a server through the product's code. A check never ends the others. */
export async function checkServer(
  providers: Providers,
  server: ServerUnderTest,
  { says, endless, talks, tools, fills }: Abilities,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  const check = async (name: string, work: () => Promise<string>): Promise<void> => {
    try {
      results.push({ check: name, outcome: 'passed', detail: await work() });
    } catch (error) {
      // A failed check is a row of the table.
      results.push({ check: name, outcome: 'failed', detail: messageOf(error) });
    }
  };
  await check('list models', () => listing(providers, server, says.model));
  await check('chat', () => chatting(providers, server, says));
  if (talks) await check('chat with real weights', () => chatting(providers, { ...server, ...talks }, talks));
  await check('stream and cancel', () => cancelling(providers, { ...server, ...endless }, endless.model));
  if ('missing' in tools) results.push({ check: 'tools', outcome: 'skipped', detail: tools.missing });
  else await check('tools', () => calling(providers, { ...server, ...tools }, tools.model));
  for (const filling of fills) await check(filling.name, () => completing(providers, server, filling));
  return results;
}

const chat = (text: string): ChatRequest => ({
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text }] }],
  parameters: {},
});

async function listing(providers: Providers, server: ServerUnderTest, wanted: string): Promise<string> {
  const { vendor, endpoint } = endpointOf(providers, server);
  const answer = await providers.listModels(endpoint, vendor.list, new AbortController().signal);
  if ('error' in answer) throw new Error(answer.error.message);
  const found = answer.models.find(({ id }) => id === wanted);
  if (!found) throw new Error(`${wanted} is not among ${answer.models.map(({ id }) => id).join(', ')}`);
  return `${answer.models.length} models; of ${wanted} it says ${JSON.stringify(found.facts)}`;
}

async function chatting(
  providers: Providers,
  server: ServerUnderTest,
  { model, text }: Abilities['says'],
): Promise<string> {
  const { pieces, end } = await ask(
    providers,
    'openai-chat',
    modelOn(providers, server, model),
    chat('Say hello in one sentence.'),
  );
  well(end);
  if (text !== undefined) same(pieces.join(''), text);
  if (pieces.length === 0) throw new Error('The reply is empty.');
  if (text !== undefined && end.finish !== 'stop') throw new Error(`The reply ended by “${end.finish}”.`);
  return `${pieces.length} pieces, ${end.usage?.input ?? '?'} + ${end.usage?.output ?? '?'} tokens`;
}

/** A reply without an end can only be seen in pieces; its first pieces show that it is streamed. */
async function cancelling(providers: Providers, server: ServerUnderTest, endless: string): Promise<string> {
  await using relay = await relayTo(server.url);
  const abort = new AbortController();
  let abortedAt = 0;
  const model = modelOn(providers, { ...server, url: relay.url }, endless);
  const { end } = await ask(providers, 'openai-chat', model, chat('Tell me everything'), abort.signal, () => {
    abortedAt = performance.now();
    abort.abort();
  });
  if (end.finish !== 'aborted') throw new Error(`The reply ended by “${end.finish}”: ${end.error?.message ?? ''}`);
  await relay.clientLeft;
  return `socket closed after ${(performance.now() - abortedAt).toFixed(0)} ms`;
}

async function calling(providers: Providers, server: ServerUnderTest, id: string): Promise<string> {
  const properties = { city: { type: 'string', enum: ['Paris', 'Oslo'] } };
  const tool = {
    name: 'weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties, required: ['city'] },
  };
  const request: ChatRequest = {
    ...chat('How is the weather in Paris?'),
    tools: [tool],
    parameters: { maxOutputTokens: 100, temperature: 0, extraBody: { tool_choice: 'required' } },
  };
  const { end } = await ask(providers, 'openai-chat', modelOn(providers, server, id), request);
  well(end);
  const [call] = end.message.content.filter((part) => part.type === 'tool-call');
  if (call?.name !== tool.name) throw new Error(`It did not call ${tool.name}: ${JSON.stringify(end.message.content)}`);
  const city = stringAt(parseJson(call.arguments), 'city');
  if (city === undefined) throw new Error(`The arguments are ${call.arguments}`);
  return `weather(${city}), ended by “${end.finish}”`;
}

async function completing(
  providers: Providers,
  server: ServerUnderTest,
  { model, wire, prompt, text }: Filling,
): Promise<string> {
  if (wire === 'embedded') throw new Error('The model inside is no server.');
  const request: CompletionRequest = {
    kind: 'completion',
    prompt,
    parameters: { maxOutputTokens: 32, temperature: 0 },
  };
  const { pieces, end } = await ask(providers, wire, modelOn(providers, server, model, wire), request);
  well(end);
  same(pieces.join(''), text);
  return `${pieces.length} pieces`;
}

function well({ error }: EndEvent): void {
  if (error) throw new Error(`${error.code}: ${error.message}`);
}

function same(came: string, wanted: string): void {
  if (came !== wanted) throw new Error(`It said ${JSON.stringify(came)} and not ${JSON.stringify(wanted)}.`);
}
