import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/gateway/ask.ts';
import type { AttemptEnd } from '../../src/gateway/attempt.ts';
import { isVisible } from '../../src/gateway/attempt.ts';
import { Breaker } from '../../src/gateway/breaker.ts';
import { failover } from '../../src/gateway/failover.ts';
import { Line } from '../../src/gateway/line.ts';
import { withRetries } from '../../src/gateway/retry.ts';
import type { LlmError } from '../../src/llm/llm-error.ts';
import type { Model } from '../../src/llm/model.ts';
import { type ModelChoice, readChain } from '../../src/llm/model-choice.ts';
import type { ModelRef } from '../../src/llm/model-ref.ts';
import type { StreamEvent } from '../../src/llm/stream-event.ts';
import { endpointAt } from '../providers/ask.ts';
import { scaledPace } from '../support/scaled-pace.ts';
import { fails, type Step, says, scriptedStream } from '../support/scripted-stream.ts';

/** What each model does when it is asked; `no key` = nobody may ask it; `gated` = a gate refuses it. */
type Does = readonly Step[] | 'no key' | 'gated' | 'gated for all';

interface Play {
  readonly models: Readonly<Record<string, Does>>;
  readonly chain?: ModelChoice;
  readonly role?: Ask['role'];
  /** Asked before, so that what it showed is known. */
  readonly before?: readonly ModelRef[];
}

const text = (said: string): Step => ({ type: 'text', text: said });
const hello: readonly Step[] = [text('hello'), says('hello')];
const busy: readonly Step[] = [fails({ code: 'overloaded', retryable: true, retryAfterMs: 30_000 })];
const quota: readonly Step[] = [fails({ code: 'quota', retryAfterMs: 7_200_000 })];
const wrong: readonly Step[] = [fails({ code: 'invalid-request' })];
const slow: readonly Step[] = [{ type: 'wait', until: new Promise(() => undefined) }];

/** Long after a hedge would have begun, counted from when it is asked. */
const lateStep: Step = {
  type: 'wait',
  get until() {
    return new Promise((resolve) => setTimeout(resolve, 60));
  },
};

const noKey: LlmError = { code: 'no-key', message: 'No key.', retryable: false };
const gated: LlmError = { code: 'privacy', message: 'Not for this one.', retryable: false };

/** Those whose name begins with `l` are on this machine. */
function modelOf(ref: ModelRef): Model {
  const local = ref.startsWith('l');
  const id = ref.slice(ref.indexOf('/') + 1);
  return {
    ref,
    id,
    endpoint: endpointAt(`http://${id}.example/v1`, { local }),
    chat: 'openai-chat',
    completion: 'openai-completions',
    facts: {},
  };
}

async function play({ models, chain = Object.keys(models) as ModelRef[], role = 'chat', before = [] }: Play) {
  const pace = scaledPace(200);
  const breaker = new Breaker(pace);
  const asked: string[] = [];
  const aborted: string[] = [];
  const tried: (readonly string[])[] = [];
  const attempt = async function* (
    ask: Ask,
    model: Model,
    policy: Parameters<typeof withRetries>[1]['policy'],
    signal: AbortSignal,
  ): AsyncGenerator<StreamEvent, AttemptEnd> {
    const does = models[model.ref] ?? hello;
    if (does === 'gated' || does === 'gated for all') {
      return { end: { ...fails(gated), error: gated }, visible: false, nextMayServe: does === 'gated' };
    }
    asked.push(model.ref);
    tried.push((ask.tried ?? []).map(({ model: other, why }) => `${other} ${why}`));
    signal.addEventListener('abort', () => aborted.push(model.ref));
    const stream = scriptedStream(does === 'no key' ? hello : does);
    let visible = false;
    for await (const event of withRetries(stream, { policy, breaker, pace }, model, ask.request, signal)) {
      if (event.type === 'end') return { end: event, visible, nextMayServe: false };
      visible ||= isVisible(event);
      yield event;
    }
    throw new Error('no end');
  };
  const request: Ask['request'] =
    role === 'completion'
      ? { kind: 'completion', prompt: { type: 'raw', text: 'x' }, parameters: {} }
      : { kind: 'chat', messages: [], parameters: {} };
  const run = async (choice: ModelChoice): Promise<readonly StreamEvent[]> => {
    const read = readChain(choice);
    const [head, ...others] = read.models.map((ref) => ({ ref, found: modelOf(ref) }));
    if (!head) throw new Error('no chain');
    const ask: Ask = { role, request };
    const authorize = async (model: Model): Promise<Model | LlmError> =>
      models[model.ref] === 'no key' ? noKey : model;
    const line = new Line([head, ...others], ask, breaker, authorize);
    const events: StreamEvent[] = [];
    for await (const event of failover({ line, pace, attempt }, ask, read, AbortSignal.timeout(8000)))
      events.push(event);
    return events;
  };
  for (const ref of before) await run(ref);
  asked.length = 0;
  tried.length = 0;
  const events = await run(chain);
  const end = events.at(-1);
  const notices = events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []));
  return {
    asked,
    aborted,
    tried,
    text: events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
    error: end?.type === 'end' ? end.error : undefined,
    switched: notices.flatMap((notice) =>
      notice.kind === 'switched' ? [`${notice.from} → ${notice.to}: ${notice.error.code}`] : [],
    ),
    offered: notices.flatMap((notice) => (notice.kind === 'continue-with' ? [notice.model] : [])),
  };
}

const check = (name: string, given: Play, expected: object): void =>
  it(name, async () => expect(await play(given)).toMatchObject(expected));

describe('a chain', () => {
  check(
    'asks nobody but the first that answers',
    { models: { 'p/a': hello, 'p/b': hello } },
    { asked: ['p/a'], switched: [] },
  );
  check(
    'goes on to the next, with one line',
    { models: { 'p/a': busy, 'p/b': hello } },
    { asked: ['p/a', 'p/b'], text: 'hello', switched: ['p/a → p/b: overloaded'], tried: [[], ['p/a overloaded']] },
  );
  check(
    'tells the last failure where all fail',
    { models: { 'p/a': busy, 'p/b': quota } },
    { asked: ['p/a', 'p/b'], text: '', error: { code: 'quota' } },
  );
  check(
    'does not answer for a wrong request',
    { models: { 'p/a': wrong, 'p/b': hello } },
    {
      asked: ['p/a'],
      error: { code: 'invalid-request' },
    },
  );
  check(
    'keeps what was seen and offers the next',
    { models: { 'p/a': [text('half'), ...busy], 'p/b': hello } },
    {
      asked: ['p/a'],
      text: 'half',
      error: { code: 'overloaded' },
      offered: ['p/b'],
    },
  );
  check('offers nobody where there is nobody', { models: { 'p/a': [text('half'), ...busy] } }, { offered: [] });
  check(
    'counts thoughts as nothing seen',
    { models: { 'p/a': [{ type: 'reasoning', text: 'hm' }, ...busy], 'p/b': hello } },
    { asked: ['p/a', 'p/b'], text: 'hello' },
  );
});

describe('the choice', () => {
  check(
    'is not passed over for want of a key',
    { models: { 'p/a': 'no key', 'p/b': hello } },
    {
      asked: [],
      error: { code: 'no-key' },
    },
  );
  check(
    'has behind it only those that have one',
    { models: { 'p/a': busy, 'p/b': 'no key', 'p/c': hello } },
    {
      asked: ['p/a', 'p/c'],
      switched: ['p/a → p/c: overloaded'],
    },
  );
  check(
    'that a gate refuses for itself is followed by the next',
    { models: { 'p/a': 'gated', 'p/b': hello } },
    {
      asked: ['p/b'],
      switched: ['p/a → p/b: privacy'],
    },
  );
  check(
    'that a gate refuses for all is not',
    { models: { 'p/a': 'gated for all', 'p/b': hello } },
    {
      asked: [],
      error: { code: 'privacy' },
    },
  );
});

describe('what is on this machine', () => {
  const models = { 'l/a': busy, 'p/b': hello };
  check('is not followed by what is not', { models }, { asked: ['l/a'], error: { code: 'overloaded' } });
  check(
    'is, where the chain says so',
    { models, chain: { chain: ['l/a', 'p/b'], localToCloud: true } },
    {
      asked: ['l/a', 'p/b'],
      text: 'hello',
    },
  );
  check(
    'is passed on to another here',
    { models: { 'l/a': busy, 'p/b': hello, 'l/c': hello } },
    {
      asked: ['l/a', 'l/c'],
    },
  );
  check('may follow what is not', { models: { 'p/a': busy, 'l/b': hello } }, { asked: ['p/a', 'l/b'] });
  check(
    'is not offered to go on elsewhere',
    { models: { 'l/a': [text('half'), ...busy], 'p/b': hello } },
    { offered: [] },
  );
  check(
    'is not left while it is held back',
    { models: { 'l/a': quota, 'p/b': hello }, before: ['l/a'] },
    {
      asked: [],
      error: { code: 'quota', retryAt: expect.any(Number) },
    },
  );
});

describe('who is held back', () => {
  check(
    'is not asked while another can be',
    { models: { 'p/a': quota, 'p/b': hello }, before: ['p/a'] },
    {
      asked: ['p/b'],
      switched: ['p/a → p/b: quota'],
    },
  );
  check(
    'is told of with the time, where nobody else can be',
    { models: { 'p/a': quota }, before: ['p/a'] },
    { asked: [], error: { code: 'quota', retryAt: expect.any(Number) } },
  );
});

describe('a hedged completion', () => {
  const chain = { chain: ['p/a', 'p/b'], hedgeMs: 400 } as const;
  const role = 'completion';
  check('asks one where it is quick', { role, chain, models: { 'p/a': hello, 'p/b': hello } }, { asked: ['p/a'] });
  check(
    'takes the second where the first is slow, and ends the first',
    { role, chain, models: { 'p/a': slow, 'p/b': hello } },
    {
      asked: ['p/a', 'p/b'],
      aborted: expect.arrayContaining(['p/a']),
      text: 'hello',
      tried: [[], ['p/a slow']],
    },
  );
  check(
    'waits for the first where the second fails',
    {
      role,
      chain,
      models: {
        'p/a': [lateStep, ...hello],
        'p/b': wrong,
      },
    },
    { asked: ['p/a', 'p/b'], text: 'hello', switched: [] },
  );
  check(
    'needs no waiting where the first fails',
    { role, chain, models: { 'p/a': busy, 'p/b': hello } },
    {
      asked: ['p/a', 'p/b'],
      switched: ['p/a → p/b: overloaded'],
    },
  );
  check(
    'is only for completions',
    {
      chain,
      models: { 'p/a': [lateStep, ...hello] },
    },
    {
      asked: ['p/a'],
    },
  );
  check(
    'does not leave this machine unasked',
    {
      role,
      chain: { chain: ['l/a', 'p/b'], hedgeMs: 1 },
      models: {
        'l/a': [lateStep, ...hello],
        'p/b': hello,
      },
    },
    { asked: ['l/a'], text: 'hello' },
  );
});
