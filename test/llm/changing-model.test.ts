import { describe, expect, it } from 'vitest';
import { fitting } from '../../src/gateway/fit-request.ts';
import type { InferenceClient } from '../../src/inference/client.ts';
import { embeddedStream } from '../../src/inference/embedded-stream.ts';
import type { Ask } from '../../src/inference/model-process.ts';
import type { AssistantMessage, Message } from '../../src/llm/message.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import type { EndEvent, StreamFunction } from '../../src/llm/stream-event.ts';
import { TokenEstimates } from '../../src/models/token-estimates.ts';
import { openProviders } from '../../src/providers/providers.ts';
import { modelAt } from '../providers/ask.ts';
import { startHttpServer } from '../support/http-server.ts';
import { alternate, Refused, words } from '../support/strict/rules.ts';
import { type StrictName, type StrictWire, strictNames, wires } from '../support/strict/wires.ts';

type Turn = 'calls' | 'answer' | 'begun' | 'plain';

/** A model that can be asked, and says what it was sent. */
interface Speaker extends AsyncDisposable {
  readonly model: Model;
  readonly stream: StreamFunction;
  /** What it says next; afterwards it gives plain answers. */
  readonly next: Turn[];
  readonly bodies: readonly string[];
  /** What has to come back to it of its own turns. */
  readonly proof?: string;
}

const book = { of: async () => [], keep: async () => undefined };

async function speakerOver(protocol: StrictName, wire: StrictWire): Promise<Speaker> {
  const next: Turn[] = [];
  const bodies: string[] = [];
  const server = await startHttpServer((request, response) => {
    bodies.push(request.body);
    try {
      wire.refuse(JSON.parse(request.body));
    } catch (error) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: error instanceof Refused ? error.message : String(error) } }));
      return;
    }
    const turn = next.shift() ?? 'plain';
    response.writeHead(200, {
      'content-type': wire.write({}).startsWith('{') ? 'application/x-ndjson' : 'text/event-stream',
    });
    for (const payload of wire[turn]) response.write(wire.write(payload));
    if (turn !== 'begun') response.end();
  });
  const providers = openProviders();
  const model: Model = { ...modelAt(server.url), ref: `${protocol}/model`, chat: protocol };
  return {
    model,
    stream: fitting(providers.stream(protocol), new TokenEstimates(), book),
    next,
    bodies,
    proof: wire.proof,
    async [Symbol.asyncDispose]() {
      providers.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The model inside, up to the process it runs in: turns of plain text, the sides taking turns. */
async function speakerInside(): Promise<Speaker> {
  const next: Turn[] = [];
  const bodies: string[] = [];
  const client = {
    isLoaded: () => true,
    async *ask(_model: unknown, _compiled: unknown, question: Ask, signal: AbortSignal) {
      bodies.push(JSON.stringify(question));
      const turns = question.type === 'chat' ? question.messages : [];
      for (const { text } of turns) words(text, 'a turn');
      alternate(
        turns.map(({ role }) => role),
        'user',
      );
      yield { type: 'reasoning', text: 'Own thought.' };
      if (next.shift() === 'begun') {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        yield { type: 'done', finish: 'aborted', rawFinish: 'abort', inputTokens: 1, cachedTokens: 0, outputTokens: 1 };
        return;
      }
      yield { type: 'text', text: 'It snows.' };
      yield { type: 'done', finish: 'stop', rawFinish: 'eos', inputTokens: 1, cachedTokens: 0, outputTokens: 1 };
    },
  };
  const prepared = { kind: 'ready', model: {}, compiled: {} } as never;
  const stream = embeddedStream(async () => prepared, client as unknown as InferenceClient);
  return {
    model: { ...modelAt(''), ref: 'embedded/model', chat: 'embedded' },
    stream: fitting(stream, new TokenEstimates(), book),
    next,
    bodies,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function speaker(protocol: StrictName | 'embedded'): Promise<Speaker> {
  return protocol === 'embedded' ? speakerInside() : speakerOver(protocol, wires[protocol]);
}

/** Asks; a turn that is `begun` is stopped as soon as the speaker has said what it says of it. */
async function ask({ stream, model, next }: Speaker, history: readonly Message[], turn: Turn): Promise<EndEvent> {
  next.push(turn);
  const abort = new AbortController();
  const tools = ['weather', 'read'].map((name) => ({ name, description: name, parameters: { type: 'object' } }));
  const request: ChatRequest = { kind: 'chat', system: 'Be brief.', messages: history, tools, parameters: {} };
  for await (const event of stream(model, request, abort.signal)) {
    if (event.type === 'end') return event;
    if (turn === 'begun') setTimeout(() => abort.abort(), 20);
  }
  throw new Error('no end');
}

const image = { type: 'image', mediaType: 'image/png', base64: 'iVBORw0KGgo=' } as const;
const user = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });

/** Results in the other order than the calls. */
function resultsFor({ content }: AssistantMessage): readonly Message[] {
  const calls = content.flatMap((part) => (part.type === 'tool-call' ? [part] : []));
  return calls.toReversed().map(({ id, name }) => ({
    role: 'tool',
    toolCallId: id,
    toolName: name,
    content: [{ type: 'text', text: `${name}: done` }],
    isError: false,
  }));
}

/** The conversation at each point where the user may change the model. */
async function conversationWith(source: Speaker): Promise<readonly (readonly Message[])[]> {
  const question: Message = { role: 'user', content: [{ type: 'text', text: 'What is this?' }, image] };
  const calling = await ask(source, [question], 'calls');
  const called = [question, calling.message, ...resultsFor(calling.message)];
  const answering = await ask(source, called, 'answer');
  const answered = [...called, answering.message, user('And now?')];
  const stopped = await ask(source, answered, 'begun');
  expect([calling, answering, stopped].map(({ finish, error }) => error?.message ?? finish)).toEqual([
    source.model.chat === 'embedded' ? 'stop' : 'tool-calls',
    'stop',
    'aborted',
  ]);
  return [
    called.at(-1)?.role === 'tool' ? called : [...called, user('Well?')],
    answered,
    [...answered, stopped.message, user('Go on.')],
  ];
}

const names = [...strictNames, 'embedded'] as const;
const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));

describe('changing the model in the middle of a chat', () => {
  it.each(pairs)('from %s to %s, and back', async (from, to) => {
    await using source = await speaker(from);
    await using target = await speaker(to);
    for (const history of await conversationWith(source)) {
      const there = await ask(target, history, 'plain');
      expect(there.error?.message ?? there.finish).toBe('stop');
      const sent = target.bodies.at(-1) ?? '';
      expect(sent).toContain('What is this?');
      expect(sent, 'what is the source’s own is not told to others').not.toMatch(/own|Own/);
      const back = await ask(source, [...history, there.message, user('Thanks. Once more?')], 'plain');
      expect(back.error?.message ?? back.finish).toBe('stop');
      if (source.proof !== undefined) expect(source.bodies.at(-1)).toContain(source.proof);
    }
  });

  it('through all wires, with tools at each, and once more to each', async () => {
    await using stack = new AsyncDisposableStack();
    const speakers: Speaker[] = [];
    for (const name of names) speakers.push(stack.use(await speaker(name)));
    let history: readonly Message[] = [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, image] }];
    const said = async (who: Speaker, turn: Turn): Promise<AssistantMessage> => {
      const { message, error } = await ask(who, history, turn);
      expect(error?.message, `${who.model.ref}, ${turn}`).toBeUndefined();
      return message;
    };
    for (const who of speakers) {
      const calling = await said(who, 'calls');
      history = [...history, calling, ...resultsFor(calling)];
      if (history.at(-1)?.role === 'tool') history = [...history, await said(who, 'answer')];
      const { message } = await ask(who, [...history, user('Go on.')], 'begun');
      history = [...history, user('Go on.'), message, user('And now?')];
    }
    for (const who of speakers) history = [...history, await said(who, 'plain'), user('And you?')];
  });

  it.each(strictNames)('the strict server of %s refuses the history as it is', async (name) => {
    await using source = await speaker(name === 'anthropic-messages' ? 'openai-chat' : 'anthropic-messages');
    const [, , history = []] = await conversationWith(source);
    await using target = await speaker(name);
    const raw = { ...target, stream: openProviders().stream(name) };
    const end = await ask(raw, history, 'plain');
    expect(end.error).toMatchObject({ status: 400 });
  });
});
