import { describe, expect, it, vi } from 'vitest';
import { Conversation } from '../../src/chat/conversation.ts';
import { taskKind } from '../../src/chat/task-kind.ts';
import type { Vote } from '../../src/llm/vote.ts';
import type { Delta } from '../../src/protocol/to-webview.ts';
import { applyDelta } from '../../src/webview/apply-delta.ts';
import { texts, world } from '../support/chat-world.ts';
import { end } from '../support/scripted-stream.ts';
import { chat as emptyView } from '../webview/support/views.ts';

/** Conversations whose models say their name, each when it is let go. */
function comparing() {
  const { ports, ...rest } = world();
  const pauses = new Map<string, PromiseWithResolvers<void>>();
  const votes: Vote[] = [];
  const deltas: Delta[] = [];
  const make = (): Conversation =>
    new Conversation(
      {
        ...ports,
        async *stream({ only, model }, signal) {
          const who = only ?? String(model ?? 'own');
          const pause = Promise.withResolvers<void>();
          pauses.set(who, pause);
          yield { type: 'text', text: who };
          const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
          if (only) await Promise.race([pause.promise, aborted]);
          const message = { ...end().message, content: [{ type: 'text', text: who }] as const };
          yield end({ message, finish: signal.aborted ? 'aborted' : 'stop' });
        },
        votes: {
          add: async (vote) => void votes.push(vote),
          sums: async () => [
            { model: 'p/a', kind: 'question', won: 1, tied: 0, lost: 2 },
            { model: 'p/b', kind: 'question', won: 2, tied: 0, lost: 1 },
            { model: 'p/b', kind: 'code', won: 9, tied: 0, lost: 0 },
          ],
        },
      },
      (delta) => deltas.push(delta),
    );
  const drawn = () => deltas.reduce(applyDelta, emptyView());
  return { ...rest, make, pauses, votes, drawn };
}

const columns = (chat: Conversation) => chat.comparison()?.columns ?? [];

describe('a comparison', () => {
  it('streams side by side, each to its own end; one can be stopped, and the chat goes on with the one that is chosen', async () => {
    const { make, pauses, drawn } = comparing();
    const chat = make();
    const asking = chat.compare({ text: 'go', attachments: [] }, ['p/a', 'p/b', 'p/c']);
    await vi.waitFor(() => expect(pauses.size).toBe(3));
    await vi.waitFor(() =>
      expect(columns(chat).map(({ parts }) => parts)).toMatchObject([
        [{ text: 'p/a' }],
        [{ text: 'p/b' }],
        [{ text: 'p/c' }],
      ]),
    );
    expect(drawn().compare).toEqual(chat.comparison());
    pauses.get('p/b')?.resolve();
    await vi.waitFor(() => expect(columns(chat)[1]?.state).toBe('done'));
    chat.stopCompared(columns(chat)[2]?.id ?? '');
    await vi.waitFor(() => expect(columns(chat)[2]?.state).toBe('stopped'));
    expect(columns(chat)[0]?.state).toBe('streaming');
    await chat.send('then this');
    pauses.get('p/a')?.resolve();
    await asking;
    expect(texts(chat)).toEqual(['user: go']);
    expect(drawn().compare).toEqual(chat.comparison());
    await chat.continueFrom(columns(chat)[1]?.id ?? '');
    expect(chat.comparison()).toBeUndefined();
    expect(texts(chat)).toEqual(['user: go', 'assistant: p/b', 'user: then this', 'assistant: own']);
    expect(chat.messages()[1]?.branch).toEqual({ position: 2, count: 3 });
    expect(drawn().messages).toEqual(chat.messages());
    expect(drawn().compare).toBeUndefined();
    const again = make();
    await again.load(chat.id);
    expect(texts(again)).toEqual(texts(chat));
  });

  it('counts the user’s vote and shows how models did at tasks of this kind', async () => {
    const { make, pauses, votes } = comparing();
    const chat = make();
    const asking = chat.compare({ text: 'go', attachments: [] }, ['p/a', 'p/b']);
    await vi.waitFor(() => expect(pauses.size).toBe(2));
    for (const { resolve } of pauses.values()) resolve();
    await asking;
    await chat.vote(columns(chat)[1]?.id);
    await chat.vote(undefined);
    await chat.vote('nobody');
    expect(votes.map(({ models, best, kind }) => ({ models, best, kind }))).toEqual([
      { models: ['p/a', 'p/b'], best: 'p/b', kind: 'question' },
      { models: ['p/a', 'p/b'], best: undefined, kind: 'question' },
    ]);
    expect(new Set(votes.map(({ comparison }) => comparison)).size).toBe(1);
    expect(chat.comparison()).toMatchObject({
      vote: {},
      board: [
        { model: 'p/b', won: 2, tied: 0, lost: 1 },
        { model: 'p/a', won: 1, tied: 0, lost: 2 },
      ],
    });
  });

  it('sent while a reply is written waits for its end, also over a restart', async () => {
    const { make, pauses, chats, drawn } = comparing();
    const chat = make();
    const asking = chat.compare({ text: 'go', attachments: [] }, ['p/a', 'p/b']);
    await vi.waitFor(() => expect(pauses.size).toBe(2));
    await chat.compare({ text: 'and these', attachments: [] }, ['p/c', 'p/d']);
    expect(drawn().queue).toMatchObject([{ text: 'and these', compared: ['p/c', 'p/d'] }]);
    const again = make();
    await again.load(chats.get(chat.id)?.id ?? '');
    expect(again.queue()).toEqual(chat.queue());
    for (const { resolve } of pauses.values()) resolve();
    await asking;
    const going = chat.continueFrom(columns(chat)[0]?.id ?? '');
    await vi.waitFor(() => expect(pauses.size).toBe(4));
    for (const { resolve } of pauses.values()) resolve();
    await going;
    expect(columns(chat).map(({ parts }) => parts)).toMatchObject([[{ text: 'p/c' }], [{ text: 'p/d' }]]);
    expect(texts(chat)).toEqual(['user: go', 'assistant: p/a', 'user: and these']);
  });

  it('ends with the best reply where the user just writes on', async () => {
    const { make, pauses } = comparing();
    const chat = make();
    const asking = chat.compare({ text: 'go', attachments: [] }, ['p/a', 'p/b']);
    await vi.waitFor(() => expect(pauses.size).toBe(2));
    for (const { resolve } of pauses.values()) resolve();
    await asking;
    await chat.vote(columns(chat)[1]?.id);
    await chat.send('more');
    expect(texts(chat)).toEqual(['user: go', 'assistant: p/b', 'user: more', 'assistant: own']);
  });

  it('stopped as a whole keeps what came, and after a reload its replies are branches', async () => {
    const { make, pauses } = comparing();
    const chat = make();
    const asking = chat.compare({ text: 'go', attachments: [] }, ['p/a', 'p/b']);
    await vi.waitFor(() => expect(pauses.size).toBe(2));
    await chat.stop();
    await asking;
    expect(columns(chat).map(({ state }) => state)).toEqual(['stopped', 'stopped']);
    const again = make();
    await again.load(chat.id);
    expect(again.messages().at(-1)).toMatchObject({ branch: { count: 2 }, parts: [{ text: 'p/b' }] });
  });
});

it.each([
  ['/fix this', 'fix'],
  ['/doc it', 'write'],
  ['/constructor', 'question'],
  ['What is ```x```?', 'code'],
  ['Hello', 'question'],
])('%s is a task of the kind %s', (text, kind) => expect(taskKind(text, [])).toBe(kind));
