import { describe, expect, it } from 'vitest';
import { fitCompletion } from '../../src/gateway/fit-chat.ts';
import { fitting } from '../../src/gateway/fit-request.ts';
import { toldWindow } from '../../src/gateway/told-window.ts';
import type { Lesson } from '../../src/llm/lesson.ts';
import type { Message } from '../../src/llm/message.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ModelFacts } from '../../src/llm/model-facts.ts';
import type { ChatRequest, Parameters } from '../../src/llm/request.ts';
import type { StreamEvent } from '../../src/llm/stream-event.ts';
import { TokenEstimates } from '../../src/models/token-estimates.ts';
import { fill, modelAt } from '../providers/ask.ts';
import { fails, type Step, says, scriptedStream } from '../support/scripted-stream.ts';

const never = new AbortController().signal;
/** About 1000 tokens by the usual estimate. */
const page = 'lorem ip'.repeat(437);

function modelWith(facts: ModelFacts, chat: Model['chat'] = 'openai-chat'): Model {
  return { ...modelAt('https://api.example/v1'), facts, ...(chat && { chat }) };
}

/** `turns` questions of a page each, answered with a page, and a last short one. */
function chat(turns: number, parameters: Parameters = {}): ChatRequest {
  const messages: Message[] = [];
  for (let turn = 0; turn < turns; turn++) {
    messages.push({ role: 'user', content: [{ type: 'text', text: page }] });
    const content = [{ type: 'text', text: page }] as const;
    messages.push({ role: 'assistant', content, model: 'test/model', protocol: 'openai-chat' });
  }
  messages.push({ role: 'user', content: [{ type: 'text', text: 'Well?' }] });
  return { kind: 'chat', messages, parameters };
}

function desk(...scripts: readonly (readonly Step[])[]) {
  const wire = scriptedStream(...scripts);
  const kept: Lesson[] = [];
  const book = { of: async () => kept, keep: async (_: string, lesson: Lesson) => void kept.push(lesson) };
  const stream = fitting(wire, new TokenEstimates(), book);
  const ask = async (model: Model, request: ChatRequest): Promise<readonly StreamEvent[]> => {
    const events: StreamEvent[] = [];
    for await (const event of stream(model, request, never)) events.push(event);
    return events;
  };
  const sent = (call: number) => {
    const request = wire.calls[call]?.[1];
    return request?.kind === 'chat' ? request : undefined;
  };
  return { wire, kept, ask, sent };
}

const notices = (events: readonly StreamEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []));

describe('before sending', () => {
  it.each<[string, Model, ChatRequest, number | undefined]>([
    ['what fits is sent as it was', modelWith({ contextWindow: 100_000 }), chat(1, { maxOutputTokens: 500 }), 500],
    [
      'no limit is put in where none is sent',
      modelWith({ contextWindow: 8192, maxOutputTokens: 8192 }),
      chat(0),
      undefined,
    ],
    [
      'a wire that demands a limit gets one that fits into a small window',
      modelWith({ contextWindow: 8192, maxOutputTokens: 8192 }, 'anthropic-messages'),
      chat(0),
      8100,
    ],
    [
      'the same where only the window is known',
      modelWith({ contextWindow: 8192 }, 'anthropic-messages'),
      chat(1),
      5900,
    ],
    [
      'the user’s limit is lowered to what is left',
      modelWith({ contextWindow: 4000 }),
      chat(1, { maxOutputTokens: 4000 }),
      1750,
    ],
    ['and to what the model can write', modelWith({ maxOutputTokens: 1000 }), chat(1, { maxOutputTokens: 4000 }), 1000],
    ['where nothing is known all is sent', modelWith({}), chat(30, { maxOutputTokens: 9 }), 9],
  ])('%s', async (_, model, request, limit) => {
    const { ask, sent } = desk([says('ok')]);
    const events = await ask(model, request);
    expect(events.at(-1)).toMatchObject({ finish: 'stop' });
    expect(notices(events)).toEqual([]);
    expect(sent(0)?.messages).toHaveLength(request.messages.length);
    const given = sent(0)?.parameters.maxOutputTokens;
    if (limit === undefined) expect(given).toBeUndefined();
    else expect(Math.abs((given ?? 0) - limit)).toBeLessThan(limit / 40);
  });

  it('the oldest turns are left out and that is told', async () => {
    const { ask, sent } = desk([says('ok')]);
    const events = await ask(modelWith({ contextWindow: 6000 }), chat(5));
    expect(notices(events)).toEqual([{ kind: 'left-out', model: 'test/model', messages: 6 }]);
    expect(sent(0)?.messages).toEqual(chat(5).messages.slice(6));
  });

  it('a last message that is too large is not sent, and why is told', async () => {
    const { ask, wire } = desk([says('ok')]);
    const huge: ChatRequest = {
      ...chat(0),
      messages: [{ role: 'user', content: [{ type: 'text', text: page.repeat(9) }] }],
    };
    const events = await ask(modelWith({ contextWindow: 4000 }), huge);
    expect(wire.calls).toHaveLength(0);
    expect(events).toMatchObject([
      {
        type: 'end',
        finish: 'error',
        error: { code: 'context-overflow', message: expect.stringMatching(/4000.*Nothing was sent/) },
      },
    ]);
  });

  it('images are left out for a model that takes none, and that is told', async () => {
    const { ask, sent } = desk([says('ok')]);
    const image = { type: 'image', mediaType: 'image/png', base64: 'AAAA' } as const;
    const request: ChatRequest = { ...chat(0), messages: [{ role: 'user', content: [image] }] };
    expect(notices(await ask(modelWith({ images: false }), request))).toEqual([
      { kind: 'images-left-out', model: 'test/model', images: 1 },
    ]);
    expect(JSON.stringify(sent(0))).not.toContain('AAAA');
  });

  it('a completion only has its output limit lowered', () => {
    const limits = [{ contextWindow: 1000 }, { maxOutputTokens: 64 }, {}].map(
      (facts) => fitCompletion({ ...fill, parameters: { maxOutputTokens: 800 } }, modelWith(facts)).parameters,
    );
    expect(limits).toEqual([{ maxOutputTokens: 500 }, { maxOutputTokens: 64 }, { maxOutputTokens: 800 }]);
  });
});

describe('after the endpoint said that it was too long', () => {
  const overflow = (message: string) => fails({ code: 'context-overflow', status: 400, message });

  it('a shorter history is sent, once and told, and the window is kept', async () => {
    const { ask, sent, kept, wire } = desk([overflow('maximum context length is 4096 tokens')], [says('ok')]);
    const events = await ask(modelWith({}), chat(5));
    expect(events.at(-1)).toMatchObject({ finish: 'stop' });
    expect(wire.calls).toHaveLength(2);
    const left = sent(1)?.messages.length ?? 0;
    expect(left).toBeLessThan(11);
    expect(notices(events)).toEqual([{ kind: 'left-out', model: 'test/model', messages: 11 - left }]);
    expect(kept).toEqual([{ kind: 'window', tokens: 4096 }]);
  });

  it('where it was the output limit that did not fit, that is lowered and nothing is left out', async () => {
    const { ask, sent, kept } = desk([overflow('maximum context length is 8192 tokens')], [says('ok')]);
    const events = await ask(modelWith({}), chat(1, { maxOutputTokens: 9000 }));
    expect(notices(events)).toEqual([]);
    expect(sent(1)?.messages).toHaveLength(3);
    expect(Math.abs((sent(1)?.parameters.maxOutputTokens ?? 0) - 5940)).toBeLessThan(100);
    expect(kept).toEqual([{ kind: 'window', tokens: 8192 }]);
  });

  it('without a number the refused size is what is kept', async () => {
    const { ask, kept } = desk([overflow('prompt is too long')], [says('ok')]);
    await ask(modelWith({}), chat(5));
    expect(kept).toEqual([{ kind: 'window', tokens: expect.any(Number) }]);
    expect(kept[0]?.kind === 'window' && Math.abs(kept[0].tokens - 10_000) < 500).toBe(true);
  });

  it('where the window was known, the estimate was wrong: the next request is shorter at once', async () => {
    const { ask, sent, kept } = desk([overflow('too long')], [says('ok')]);
    const model = modelWith({ contextWindow: 8000 });
    await ask(model, chat(3));
    expect(kept).toEqual([]);
    await ask(model, chat(3));
    expect(sent(2)?.messages.length).toBeLessThan(7);
  });

  it.each<[string, Step[][], ChatRequest, number]>([
    ['a second overflow is the end', [[overflow('too long')]], chat(5), 2],
    ['so is the first where nothing can be left out', [[overflow('too long')], [says('ok')]], chat(0), 1],
    ['nothing is said twice', [[{ type: 'text', text: 'half' }, overflow('too long')], [says('ok')]], chat(5), 1],
  ])('%s', async (_, scripts, request, calls) => {
    const { ask, kept, wire } = desk(...scripts);
    expect((await ask(modelWith({}), request)).at(-1)).toMatchObject({ error: { code: 'context-overflow' } });
    expect(wire.calls).toHaveLength(calls);
    expect(kept).toEqual([]);
  });

  it.each([
    ["This model's maximum context length is 8192 tokens. However, your messages resulted in 9041 tokens.", 8192],
    ['prompt is too long: 210000 tokens > 200000 maximum', 200_000],
    ['the request exceeds the available context size (4096 tokens), try increasing it', 4096],
    ['The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).', 1_048_576],
    ['Input length 9000 exceeds the maximum allowed input length of 32,768 tokens', 32_768],
    ['{"n_ctx":2048,"n_prompt_tokens":3000}', 2048],
    ['The conversation takes 5000 tokens; the model can see 4096 at once.', 4096],
    ['prompt is too long', undefined],
    ['prompt too long; exceeded max context length by 1119046 tokens', undefined],
  ])('%s', (message, window) => {
    expect(toldWindow(message)).toBe(window);
  });
});
