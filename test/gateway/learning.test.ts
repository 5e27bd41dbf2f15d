import { describe, expect, it } from 'vitest';
import { Breaker } from '../../src/gateway/breaker.ts';
import { learning } from '../../src/gateway/learn.ts';
import { lessonBook, withoutWindows } from '../../src/gateway/lesson-book.ts';
import { lessonOf } from '../../src/gateway/lesson-of.ts';
import { realPace } from '../../src/gateway/pace.ts';
import { patient, withRetries } from '../../src/gateway/retry.ts';
import type { Lesson } from '../../src/llm/lesson.ts';
import type { LlmError } from '../../src/llm/llm-error.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ChatRequest, Parameters } from '../../src/llm/request.ts';
import type { StreamEvent } from '../../src/llm/stream-event.ts';
import { httpError } from '../../src/providers/http-error.ts';
import { databaseAt } from '../../src/store/database.ts';
import { Lessons } from '../../src/store/lessons.ts';
import { modelAt } from '../providers/ask.ts';
import { fails, type Step, says, scriptedStream } from '../support/scripted-stream.ts';

const model: Model = { ...modelAt('https://api.example/v1'), chat: 'openai-chat' };
const never = new AbortController().signal;

function chat(parameters: Parameters = {}): ChatRequest {
  return { kind: 'chat', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], parameters };
}

/** An endpoint's refusal of a parameter. */
function refuses(parameter: string | undefined, over: Partial<LlmError> = {}) {
  const message = `Unsupported parameter: '${parameter}' is not supported with this model.`;
  return fails({
    code: 'invalid-request',
    status: 400,
    message,
    ...(parameter !== undefined && { parameter }),
    ...over,
  });
}

function classroom(...scripts: readonly (readonly Step[])[]) {
  const open = databaseAt(':memory:');
  const lessons = new Lessons(open);
  const reports: string[] = [];
  const wire = scriptedStream(...scripts);
  const book = lessonBook(lessons, (problem) => reports.push(problem));
  const patience = { policy: patient, breaker: new Breaker(realPace), pace: realPace };
  const stream = learning((...request) => withRetries(wire, patience, ...request), book);
  const ask = async (request: ChatRequest, signal = never): Promise<readonly StreamEvent[]> => {
    const events: StreamEvent[] = [];
    for await (const event of stream(model, request, signal)) events.push(event);
    return events;
  };
  const learned = async (): Promise<readonly Lesson[]> => (await lessons.of(model.ref)).map(({ lesson }) => lesson);
  return { wire, ask, learned, open, reports, lessons };
}

const told = (events: readonly StreamEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'notice' && event.notice.kind === 'lesson' ? [event.notice.lesson] : []));

describe('a request that is refused for a parameter', () => {
  it('is sent again without it, which is told, kept and done at once the next time', async () => {
    const { wire, ask, learned } = classroom([refuses('temperature')], [says('hello')]);
    const lesson: Lesson = { kind: 'omit', name: 'temperature' };
    const events = await ask(chat({ temperature: 0.5, topP: 0.9 }));
    expect(events.at(-1)).toMatchObject({ finish: 'stop' });
    expect(told(events)).toEqual([lesson]);
    expect(wire.calls.map(([, request]) => request.parameters)).toEqual([
      { temperature: 0.5, topP: 0.9 },
      { topP: 0.9, omit: ['temperature'] },
    ]);
    expect(await learned()).toEqual([lesson]);

    const again = await ask(chat({ temperature: 0.5, omit: ['seed'] }));
    expect(wire.calls).toHaveLength(3);
    expect(wire.calls[2]?.[1].parameters).toEqual({ omit: ['seed', 'temperature'] });
    expect(told(again)).toEqual([lesson]);
    expect(told(await ask(chat())), 'nothing the user asked for is left out').toEqual([]);
  });

  it.each<[string, Partial<LlmError> & { parameter?: string }, object, object]>([
    ['max_tokens has a twin', { parameter: 'max_tokens' }, {}, { maxTokensField: 'max_completion_tokens' }],
    ['and the twin has it', { parameter: 'max_completion_tokens' }, {}, { maxTokensField: 'max_tokens' }],
    [
      'the role of the system prompt',
      { parameter: 'messages[0].role', message: "'messages[0].role' does not support 'developer' with this model." },
      { systemRole: 'developer' },
      { systemRole: 'system' },
    ],
    [
      'the role, told in words alone',
      { message: 'messages[0].role: unknown variant `system`, expected one of `developer`, `user`' },
      {},
      { systemRole: 'developer' },
    ],
  ])('%s: it is sent in the other form', async (_, error, quirks, quirk) => {
    const { wire, learned, ...room } = classroom([refuses(error.parameter, error)], [says('hello')]);
    const stream = learning(
      wire,
      lessonBook(room.lessons, () => undefined),
    );
    const bent = { ...model, endpoint: { ...model.endpoint, quirks } };
    for await (const event of stream(bent, chat({ maxOutputTokens: 9 }), never)) void event;
    expect(wire.calls.map(([{ endpoint }]) => endpoint.quirks)).toEqual([quirks, { ...quirks, ...quirk }]);
    expect(wire.calls[1]?.[1].parameters).toEqual({ maxOutputTokens: 9 });
    expect(await learned()).toEqual([{ kind: 'form', quirk }]);
  });

  it.each<[string, Step[][], Parameters, number, readonly Lesson[]]>([
    ['a second refusal ends it, and nothing is kept', [[refuses('temperature')]], { temperature: 1 }, 2, []],
    [
      'a refusal of the next parameter shows that the first was rightly left out',
      [[refuses('temperature')], [refuses('top_p')]],
      { temperature: 1, topP: 1 },
      2,
      [{ kind: 'omit', name: 'temperature' }],
    ],
    [
      'a failure of another kind shows nothing',
      [[refuses('temperature')], [fails({ code: 'permission', status: 403 })]],
      { temperature: 1 },
      2,
      [],
    ],
    ['other statuses teach nothing', [[refuses('temperature', { status: 422 })]], { temperature: 1 }, 1, []],
    ['nor does a 400 of another kind', [[refuses('temperature', { code: 'quota' })]], { temperature: 1 }, 1, []],
    ['nor a 400 that names no parameter', [[refuses(undefined, { message: 'Bad Request' })]], {}, 1, []],
    ['nor one about what was asked', [[refuses('messages[2].content')], [says('x')]], {}, 1, []],
    [
      'nor one in the middle of a reply',
      [[{ type: 'text', text: 'half' }, refuses('temperature')], [says('x')]],
      { temperature: 1 },
      1,
      [],
    ],
    [
      'what the user wrote into the body stays there',
      [[refuses('top_k')], [says('x')]],
      { extraBody: { top_k: 5 } },
      1,
      [],
    ],
    [
      'also within a group of fields',
      [[refuses('generationConfig.topK')], [says('x')]],
      { extraBody: { generationConfig: { topK: 1 } } },
      1,
      [],
    ],
    [
      'a value out of range is left out this time, and may come back',
      [
        [refuses('max_tokens', { message: 'max_tokens is too large: 99999. At most 16384 are supported.' })],
        [says('x')],
      ],
      { maxOutputTokens: 99_999 },
      2,
      [],
    ],
  ])('%s', async (_, scripts, parameters, calls, lessons) => {
    const { wire, ask, learned } = classroom(...scripts);
    await ask(chat(parameters));
    expect(wire.calls).toHaveLength(calls);
    expect(await learned()).toEqual(lessons);
  });

  it('the last words count: the second refusal is what the reply ends with', async () => {
    const { ask } = classroom([refuses('temperature')], [refuses('top_p')]);
    expect((await ask(chat({ temperature: 1 }))).at(-1)).toMatchObject({ error: { parameter: 'top_p' } });
  });

  it('what was told before the refusal is not told again', async () => {
    const leftOut = { type: 'notice', notice: { kind: 'left-out', model: model.ref, messages: 2 } } as const;
    const { ask } = classroom([leftOut, refuses('temperature')], [leftOut, says('x')]);
    const kinds = (await ask(chat({ temperature: 1 }))).map((event) =>
      event.type === 'notice' ? event.notice.kind : event.type,
    );
    expect(kinds).toEqual(['left-out', 'lesson', 'end']);
  });

  it('is not sent again once the user has stopped it', async () => {
    const abort = new AbortController();
    abort.abort();
    const { wire, ask } = classroom([refuses('temperature')], [says('x')]);
    await ask(chat({ temperature: 1 }), abort.signal);
    expect(wire.calls).toHaveLength(1);
  });

  it('paths lead to the parameter in them, else to the field of the body', () => {
    const names = ['options.temperature', 'generationConfig.seed', 'stream_options.include_usage', 'tools[0].type'];
    expect(names.map((parameter) => lessonOf(refuses(parameter).error, model, chat()))).toEqual([
      { kind: 'omit', name: 'temperature' },
      { kind: 'omit', name: 'seed' },
      { kind: 'omit', name: 'stream_options' },
      undefined,
    ]);
  });
});

describe('what vendors’ own words teach', () => {
  const omit = (name: string): Lesson => ({ kind: 'omit', name });
  const system: Lesson = { kind: 'form', quirk: { systemRole: 'system' } };
  const limit: Lesson = { kind: 'form', quirk: { maxTokensField: 'max_completion_tokens' } };

  it.each<[Model['chat'], unknown, Lesson | undefined]>([
    [
      'openai-chat',
      {
        error: {
          message:
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          param: 'max_tokens',
          code: 'unsupported_parameter',
        },
      },
      limit,
    ],
    [
      'openai-chat',
      {
        error: {
          message: "Unsupported value: 'temperature' does not support 0.5 with this model.",
          param: 'temperature',
        },
      },
      omit('temperature'),
    ],
    [
      'openai-chat',
      { error: { message: 'Unrecognized request argument supplied: stream_options' } },
      omit('stream_options'),
    ],
    [
      'openai-chat',
      { error: { message: "Unsupported value: 'messages[0].role' does not support 'developer' with this model." } },
      system,
    ],
    [
      'openai-chat',
      { error: { message: 'Failed to deserialize: messages[0].role: unknown variant `developer`, expected `system`' } },
      system,
    ],
    ['openai-chat', { error: { message: 'Unsupported role: developer' } }, system],
    ['openai-chat', { code: 'invalid', error: 'Argument not supported on this model: stop' }, omit('stop')],
    ['openai-chat', { error: { message: "property 'reasoning_effort' is unsupported" } }, omit('reasoning_effort')],
    ['openai-chat', { detail: [{ loc: ['body', 'stream_options'], msg: 'Extra inputs' }] }, omit('stream_options')],
    ['anthropic-messages', { error: { message: '`temperature` is deprecated for this model.' } }, omit('temperature')],
    [
      'anthropic-messages',
      { error: { message: 'output_config: Extra inputs are not permitted' } },
      omit('output_config'),
    ],
    ['anthropic-messages', { error: { message: 'messages.1.content.0.type: Expected `thinking`' } }, undefined],
    [
      'gemini-native',
      { error: { code: 400, message: `Unknown name "topK" at 'generation_config': Cannot find field.` } },
      omit('topK'),
    ],
    [
      'bedrock-converse',
      { message: "This model doesn't support the stopSequences field. Remove stopSequences and try again." },
      omit('stopSequences'),
    ],
  ])('%s: %j', (protocol, body, lesson) => {
    const quirks = { systemRole: 'developer' } as const;
    const asked: Model = { ...modelAt('https://api.example/v1', { quirks }), ...(protocol && { chat: protocol }) };
    const error = httpError(JSON.stringify(body), { url: 'https://api.example', headers: {}, status: 400 });
    expect(lessonOf(error, asked, chat())).toEqual(lesson);
  });

  it('a limit that is too high leaves the wire its own', async () => {
    const message = 'max_tokens: 9000 > 8192, which is the maximum allowed number of output tokens';
    const { wire, ask } = classroom([refuses('max_tokens', { message })], [says('x')]);
    await ask(chat({ maxOutputTokens: 9000 }));
    expect(wire.calls.map(([, request]) => request.parameters)).toEqual([{ maxOutputTokens: 9000 }, {}]);
  });
});

describe('lessons', () => {
  it('a window is kept within what is known of it; the user’s word counts more', async () => {
    const { lessons, learned } = classroom();
    const book = lessonBook(lessons, () => undefined);
    await book.keep(model.ref, { kind: 'window', tokens: 8000 });
    expect(await withoutWindows(book).of(model.ref)).toEqual([]);
    await withoutWindows(book).keep(model.ref, { kind: 'window', tokens: 1 });
    expect(await learned()).toEqual([{ kind: 'window', tokens: 8000 }]);
    const wire = scriptedStream([says('x')]);
    const windows: (number | undefined)[] = [];
    for (const contextWindow of [4000, 16_000]) {
      for await (const event of learning(wire, book)({ ...model, facts: { contextWindow } }, chat(), never)) void event;
      windows.push(wire.calls.at(-1)?.[0].facts.contextWindow);
    }
    expect(windows).toEqual([4000, 8000]);
  });

  it('a chat goes on without them', async () => {
    const { ask, open, reports } = classroom([refuses('temperature')], [says('hello')]);
    (await open()).exec('drop table lessons');
    expect((await ask(chat({ temperature: 1 }))).at(-1)).toMatchObject({ finish: 'stop' });
    expect(reports).toEqual([expect.stringContaining('cannot be read'), expect.stringContaining('cannot be kept')]);
  });
});
