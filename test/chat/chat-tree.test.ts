import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Conversation } from '../../src/chat/conversation.ts';
import { applyDelta } from '../../src/webview/apply-delta.ts';
import { hi, texts, world } from '../support/chat-world.ts';
import { fails, says } from '../support/scripted-stream.ts';
import { chat as emptyView } from '../webview/support/views.ts';

const idOf = (chat: Conversation, index: number): string => chat.messages().at(index)?.id ?? '';
const branches = (chat: Conversation): readonly (string | undefined)[] =>
  chat.messages().map(({ branch }) => branch && `${branch.position}/${branch.count}`);

describe('the tree of a chat', () => {
  it('an earlier message said in other words begins a branch; the old one is a step away, with its replies', async () => {
    const { make } = world([says('A')], [says('B')], [says('C')]);
    const chat = make();
    await chat.send('one');
    await chat.send('two');
    await chat.edit(idOf(chat, 0), 'one, but better');
    expect(texts(chat)).toEqual(['user: one, but better', 'assistant: C']);
    expect(branches(chat)).toEqual(['2/2', undefined]);
    await chat.switchBranch(idOf(chat, 0), -1);
    expect(texts(chat)).toEqual(['user: one', 'assistant: A', 'user: two', 'assistant: B']);
    expect(chat.title).toBe('one');
  });

  it('asks another model once: the chat’s own choice stays', async () => {
    const { make, choices } = world([says('A')], [says('B')], [says('C')]);
    const chat = make();
    await chat.chooseModel('p/mine');
    await chat.send('one');
    await chat.retry(idOf(chat, 1), 'q/other');
    expect(texts(chat)).toEqual(['user: one', 'assistant: B']);
    expect(branches(chat)).toEqual([undefined, '2/2']);
    await chat.send('two');
    expect(choices).toEqual(['p/mine', 'q/other', 'p/mine']);
  });

  it('retries a reply in the middle without losing what came after it', async () => {
    const { make } = world([says('A')], [says('B')], [says('C')]);
    const chat = make();
    await chat.send('one');
    await chat.send('two');
    await chat.retry(idOf(chat, 1));
    expect(texts(chat)).toEqual(['user: one', 'assistant: C']);
    await chat.switchBranch(idOf(chat, 1), -1);
    expect(texts(chat)).toEqual(['user: one', 'assistant: A', 'user: two', 'assistant: B']);
  });

  it('comes back on the path that was seen last, on each branch where it was left', async () => {
    const { make } = world([says('A')], [says('B')], [says('C')], [says('D')]);
    const chat = make();
    await chat.send('one');
    await chat.send('two');
    await chat.retry(idOf(chat, 3));
    await chat.switchBranch(idOf(chat, 3), -1);
    await chat.edit(idOf(chat, 0), 'other');
    await chat.switchBranch(idOf(chat, 0), -1);
    const seen = ['user: one', 'assistant: A', 'user: two', 'assistant: B'];
    expect(texts(chat)).toEqual(seen);
    const again = make();
    await again.load(chat.id);
    expect(texts(again)).toEqual(seen);
    expect(branches(again)).toEqual(['1/2', undefined, undefined, '1/2']);
  });

  it('forks into a chat of its own; the original is untouched', async () => {
    const { make, chats, turns } = world([says('A')], [says('B')]);
    const chat = make();
    await chat.chooseModel('p/mine');
    await chat.send('one');
    await chat.send('two');
    const before = JSON.stringify([...turns]);
    const forked = await chat.fork(idOf(chat, 1));
    const other = make();
    await other.load(forked ?? '');
    expect(texts(other)).toEqual(['user: one', 'assistant: A']);
    expect({ title: other.title, model: other.model }).toEqual({ title: 'one (fork)', model: 'p/mine' });
    await other.send('three');
    expect(JSON.stringify([...turns]).startsWith(before.slice(0, -1))).toBe(true);
    expect(texts(chat)).toEqual(['user: one', 'assistant: A', 'user: two', 'assistant: B']);
    expect(chats.size).toBe(2);
  });

  it('a fork that ends with a question can be answered', async () => {
    const { make } = world([says('A')], [says('B')]);
    const chat = make();
    await chat.send('one');
    const other = make();
    await other.load((await chat.fork(idOf(chat, 0))) ?? '');
    expect(texts(other)).toEqual(['user: one']);
    await other.retry(idOf(other, 0));
    expect(texts(other)).toEqual(['user: one', 'assistant: B']);
  });

  it('does nothing to messages that are not there, or while a reply is written', async () => {
    const { make, turns } = world(hi);
    const chat = make();
    const sending = chat.send('one');
    await chat.edit(idOf(chat, 0), 'x');
    await chat.retry(idOf(chat, 0));
    await sending;
    await chat.retry('nobody');
    await chat.edit('nobody', 'x');
    await chat.switchBranch(idOf(chat, 0), 1);
    expect(await chat.fork('nobody')).toBeUndefined();
    expect(turns.size).toBe(2);
  });
});

describe('messages that wait', () => {
  const waiting = () => {
    const pause = Promise.withResolvers<void>();
    return { go: pause.resolve, step: { type: 'wait', until: pause.promise } as const };
  };

  it('are sent one after the other when replies end well', async () => {
    const { go, step } = waiting();
    const { make, deltas } = world([step, says('A')], [says('B')], [says('C')]);
    const chat = make();
    const sending = chat.send('one');
    await chat.send('two');
    await chat.send('three');
    go();
    await sending;
    expect(texts(chat)).toEqual([
      ...['user: one', 'assistant: A', 'user: two', 'assistant: B', 'user: three', 'assistant: C'],
    ]);
    // Busy all the while.
    expect(deltas.filter(({ type }) => type === 'busy')).toHaveLength(2);
  });

  it.each(['a stop', 'a failure'])('go on waiting after %s, also when the window is loaded anew', async (how) => {
    const { go, step } = waiting();
    const { make } = world([step, fails({})], [says('B')], [says('C')]);
    const chat = make();
    const sending = chat.send('one');
    await chat.send('two');
    if (how === 'a stop') await chat.stop();
    go();
    await sending;
    expect(chat.queue()).toMatchObject([{ text: 'two' }]);
    const again = make();
    await again.load(chat.id);
    expect(again.queue()).toEqual(chat.queue());
    expect(again.busy).toBe(false);
    const taken = await again.unqueue(again.queue()[0]?.id ?? '');
    expect(taken?.text).toBe('two');
    const third = make();
    await third.load(chat.id);
    expect(third.queue()).toEqual([]);
  });
});

it('thinking is told with its time, in deltas as in a snapshot', async () => {
  const { make, deltas } = world([
    { type: 'reasoning', text: 'hm' },
    { type: 'text', text: 'yes' },
    { type: 'wait', until: new Promise(() => undefined) },
  ]);
  const chat = make();
  const sending = chat.send('go');
  await vi.waitFor(() => expect(texts(chat)).toContain('assistant: hm|yes'));
  const [thought, said] = chat.messages().at(-1)?.parts ?? [];
  expect(thought).toEqual({ type: 'reasoning', text: 'hm', ms: expect.any(Number) });
  expect(said).toEqual({ type: 'text', text: 'yes' });
  expect(deltas.reduce(applyDelta, emptyView()).messages).toEqual(chat.messages());
  await chat.stop();
  await sending;
});

const step = fc.record({
  what: fc.constantFrom('send', 'edit', 'retry', 'retry-with', 'fork', 'previous', 'next'),
  where: fc.nat(9),
});

describe('whatever is done to a chat', () => {
  it('every message stays in reach, nothing written is changed, and deltas show what a snapshot shows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 9 }), async (steps) => {
        const { make, turns, deltas } = world(hi);
        const chat = make();
        await chat.send('first');
        const kept = new Map<string, string>();
        for (const { what, where } of steps) {
          const messages = chat.messages();
          const { id = '' } = messages[where % messages.length] ?? {};
          if (what === 'send') await chat.send('more');
          if (what === 'edit') await chat.edit(id, 'other');
          if (what === 'retry') await chat.retry(id);
          if (what === 'retry-with') await chat.retry(id, 'q/other');
          if (what === 'fork') await chat.fork(id);
          if (what === 'previous') await chat.switchBranch(id, -1);
          if (what === 'next') await chat.switchBranch(id, 1);
          for (const [turn, body] of kept) expect(turns.get(turn)?.body).toBe(body);
          for (const turn of turns.values()) kept.set(turn.id, turn.body);
          expect(deltas.reduce(applyDelta, emptyView()).messages.map(({ id }) => id)).toEqual(
            chat.messages().map(({ id }) => id),
          );
        }
        const own = [...turns.values()].filter(({ chatId }) => chatId === chat.id).map((turn) => turn.id);
        const again = make();
        await again.load(chat.id);
        expect(again.messages().map(({ id }) => id)).toEqual(chat.messages().map(({ id }) => id));
        expect(await reachable(again)).toEqual(new Set(own));
      }),
      { numRuns: 60 },
    );
  });
});

/** All messages the arrows lead to. */
async function reachable(chat: Conversation, depth = 0, found = new Set<string>()): Promise<Set<string>> {
  const at = () => chat.messages()[depth];
  if (!at()) return found;
  while ((at()?.branch?.position ?? 1) > 1) await chat.switchBranch(at()?.id ?? '', -1);
  for (;;) {
    const message = at();
    found.add(message?.id ?? '');
    await reachable(chat, depth + 1, found);
    if ((message?.branch?.position ?? 1) === (message?.branch?.count ?? 1)) return found;
    await chat.switchBranch(message?.id ?? '', 1);
  }
}
