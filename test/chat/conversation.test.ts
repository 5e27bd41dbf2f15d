import { describe, expect, it, vi } from 'vitest';
import { windowGoes } from '../../src/chat/replies.ts';
import type { Attachment } from '../../src/context/attachment.ts';
import { fitHistory } from '../../src/llm/fit-history.ts';
import type { ChatView } from '../../src/protocol/chat-view.ts';
import { applyDelta } from '../../src/webview/apply-delta.ts';
import { hi, texts, world } from '../support/chat-world.ts';
import { fails, type Step, says } from '../support/scripted-stream.ts';

describe('a conversation', () => {
  it('asks with all that was said before', async () => {
    const { make, asked } = world(hi);
    const chat = make();
    await chat.send('one');
    await chat.send('two');
    expect(texts(chat)).toEqual(['user: one', 'assistant: hi', 'user: two', 'assistant: hi']);
    expect(asked[1]?.map((message) => message.role)).toEqual(['user', 'assistant', 'user']);
    expect(chat.recall()).toEqual(['one', 'two']);
  });

  it('keeps what was attached with the message, and names its files with every request after it', async () => {
    const { make, asked, files } = world(hi);
    const chat = make();
    const attachment: Attachment = {
      ...{ id: 'a', kind: 'file', label: 'cart.ts', uri: 'file:///cart.ts', tokens: 3, files: ['file:///cart.ts'] },
      blocks: [{ type: 'text', title: 'cart.ts', languageId: 'typescript', text: 'let total = 0;' }],
      cut: { unit: 'lines', kept: 1, of: 2 },
    };
    await chat.send('one', [attachment]);
    await chat.send('two');
    expect(chat.messages()[0]).toMatchObject({
      parts: [{ type: 'text', text: 'one' }],
      attachments: [
        { id: 'a', kind: 'file', label: 'cart.ts', uri: 'file:///cart.ts', tokens: 3, cut: '1 of 2 lines' },
      ],
    });
    expect(JSON.stringify(asked[0])).toContain('let total = 0;');
    const again = make();
    await again.load(chat.id);
    await again.send('three');
    // Cache prefixes hold only where the earlier messages say the same bytes.
    expect(asked[1]?.[0]).toEqual(asked[0]?.[0]);
    expect(asked[2]?.[0]).toEqual(asked[0]?.[0]);
    expect(files).toEqual([['file:///cart.ts'], ['file:///cart.ts'], ['file:///cart.ts']]);
  });

  it('told as deltas is what a snapshot would show', async () => {
    const { make, deltas } = world([
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
      fails({}),
    ]);
    const chat = make();
    const empty: ChatView = {
      chatId: chat.id,
      title: chat.title,
      messages: [],
      busy: false,
      model: { ref: '', label: '', provider: '', detail: '' },
      models: [],
      shelf: { pinned: [], hidden: [], recent: [] },
      recall: [],
      queue: [],
      attachments: [],
    };
    await chat.send('A question\nwith two lines');
    const drawn = deltas.reduce(applyDelta, empty);
    expect(drawn).toEqual({ ...empty, title: 'A question', messages: chat.messages(), recall: chat.recall() });
  });

  it('keeps what had arrived when it is stopped', async () => {
    const { make } = world([
      { type: 'text', text: 'half' },
      { type: 'wait', until: new Promise(() => undefined) },
    ]);
    const chat = make();
    const sending = chat.send('go');
    await vi.waitFor(() => expect(texts(chat)).toContain('assistant: half'));
    expect(chat.busy).toBe(true);
    await chat.stop();
    await sending;
    expect(chat.messages().at(-1)).toMatchObject({ state: 'stopped', parts: [{ text: 'half' }] });
    expect(chat.busy).toBe(false);
  });

  it('words a failure with cause and next step and leaves the model’s memory clean', async () => {
    const { make, asked } = world([fails({ code: 'authentication', status: 401 })], hi);
    const chat = make();
    await chat.send('one');
    expect(chat.messages().at(-1)).toMatchObject({
      state: 'failed',
      error: { cause: expect.stringContaining('refused'), nextStep: expect.any(String) },
    });
    await chat.send('two');
    const target = { protocol: 'openai-chat', model: 'p/m' } as const;
    const gap = { type: 'text', text: '\n\n' };
    expect(fitHistory(asked[1] ?? [], target).messages).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'one' }, gap, { type: 'text', text: 'two' }] },
    ]);
  });

  it('retries a reply in place and keeps the old one in the store', async () => {
    const { make, turns } = world([says('first')], [says('second')]);
    const chat = make();
    await chat.send('go');
    const old = chat.messages().at(-1)?.id ?? '';
    await chat.retry(old);
    expect(texts(chat)).toEqual(['user: go', 'assistant: second']);
    expect(turns.has(old)).toBe(true);
    const again = make();
    await again.load(chat.id);
    expect(texts(again)).toEqual(['user: go', 'assistant: second']);
  });

  it('is on disk while it is still being written', async () => {
    const { make, turns } = world([
      { type: 'text', text: 'half a reply' },
      { type: 'wait', until: new Promise(() => undefined) },
    ]);
    const chat = make();
    const sending = chat.send('go');
    await vi.waitFor(() => expect([...turns.values()].map((turn) => turn.body).join()).toContain('half a reply'));
    const revived = make();
    expect(await revived.load(chat.id)).toBe(true);
    const kept = { state: 'stopped', parts: [{ text: 'half a reply' }] };
    const unfinished = { ...kept, notices: [expect.stringContaining('This reply has no end')] };
    expect(revived.messages().at(-1)).toMatchObject(unfinished);
    await chat.stop(windowGoes);
    await sending;
    await revived.load(chat.id);
    expect(revived.messages().at(-1)).toMatchObject(unfinished);
  });

  it('says nothing of an end where the user stopped it', async () => {
    const { make } = world([
      { type: 'text', text: 'half a reply' },
      { type: 'wait', until: new Promise(() => undefined) },
    ]);
    const chat = make();
    const sending = chat.send('go');
    await vi.waitFor(() => expect(texts(chat)).toContain('assistant: half a reply'));
    await chat.stop();
    await sending;
    const revived = make();
    await revived.load(chat.id);
    expect(revived.messages().at(-1)).toMatchObject({ state: 'stopped', notices: [] });
  });

  it('comes back with title, model and place', async () => {
    const { make, chats } = world(hi);
    const chat = make();
    await chat.chooseModel('p/other');
    await chat.send('  What is this?  \nmore');
    expect(chats.get(chat.id)).toMatchObject({ title: 'What is this?', model: 'p/other', workspace: '/work/space' });
    const again = make();
    await again.load(chat.id);
    expect(again.model).toBe('p/other');
    expect(again.messages()).toEqual(chat.messages());
  });

  it('goes on when it cannot be saved, and says so', async () => {
    const { make, turns, reports } = world(hi);
    turns.set = () => {
      throw new Error('disk full');
    };
    const chat = make();
    await chat.send('one');
    expect(texts(chat)).toEqual(['user: one', 'assistant: hi']);
    expect(reports).toContainEqual(expect.stringContaining('disk full'));
  });

  it('takes one question at a time, also while the first is still being saved: the second waits for its reply', async () => {
    const { make, asked } = world(hi);
    const chat = make();
    const first = chat.send('one');
    await chat.send('two');
    expect(chat.queue().map(({ text }) => text)).toEqual(['two']);
    await first;
    expect(texts(chat)).toEqual(['user: one', 'assistant: hi', 'user: two', 'assistant: hi']);
    expect(asked.map(({ length }) => length)).toEqual([1, 3]);
    expect(chat.queue()).toEqual([]);
  });

  it('begins anew while a question is being saved, and leaves nothing of it in the new chat', async () => {
    const { make, turns } = world(hi);
    const chat = make();
    const old = chat.id;
    await Promise.all([chat.send('one'), chat.reset()]);
    expect(chat.messages()).toEqual([]);
    expect(chat.busy).toBe(false);
    expect(new Set([...turns.values()].map((turn) => turn.chatId))).toEqual(new Set([old]));
  });

  it('saves what the store did not take as soon as it takes something again, and complained once', async () => {
    const { make, chats, turns, reports } = world(hi);
    const takesTurn = turns.set.bind(turns);
    const takesChat = chats.set.bind(chats);
    let calls = 0;
    chats.set = (...row) => {
      if (++calls === 1) throw new Error('disk full');
      return takesChat(...row);
    };
    turns.set = (id, turn) => {
      if (!chats.has(turn.chatId)) throw new Error('foreign key');
      return takesTurn(id, turn);
    };
    const chat = make();
    await chat.send('one');
    expect(reports).toHaveLength(1);
    const again = make();
    await again.load(chat.id);
    expect(texts(again)).toEqual(['user: one', 'assistant: hi']);
  });

  it('stays in order when the clock is set back', async () => {
    const { make, turns } = world(hi);
    const chat = make();
    vi.useFakeTimers({ toFake: ['Date'], now: 2000 });
    try {
      const sending = chat.send('one');
      vi.setSystemTime(1000);
      await sending;
    } finally {
      vi.useRealTimers();
    }
    expect([...turns.values()].map((turn) => turn.createdAt)).toEqual([2000, 2000]);
  });

  it('leaves out a stored message that cannot be read, and says so', async () => {
    const { make, turns, reports } = world(hi);
    const chat = make();
    await chat.send('one');
    const [first] = turns.values();
    if (first) turns.set(first.id, { ...first, body: '{"kind":' });
    const again = make();
    await again.load(chat.id);
    expect(texts(again)).toEqual(['assistant: hi']);
    expect(reports).toHaveLength(1);
  });

  it.each(['', '   \n '])('does not send %j', async (text) => {
    const { make, deltas } = world(hi);
    await make().send(text);
    expect(deltas).toEqual([]);
  });
});

describe('a reply that broke off', () => {
  const broken: readonly Step[] = [
    { type: 'text', text: 'Half a' },
    { type: 'notice', notice: { kind: 'continue-with', model: 'q/other' } },
    { ...says('Half a'), finish: 'error', error: { code: 'stream-cut', message: 'cut', retryable: true } },
  ];

  it('is gone on with by the model that is offered, from what there is of it', async () => {
    const { make, asked, choices } = world(broken, hi);
    const chat = make();
    await chat.chooseModel('p/mine');
    await chat.send('go');
    const reply = chat.messages().at(-1);
    expect(reply).toMatchObject({ continueWith: 'q/other', notices: [], parts: [{ text: 'Half a' }] });
    await chat.continueWith(reply?.id ?? '');
    expect(texts(chat)).toEqual([
      'user: go',
      'assistant: Half a',
      expect.stringContaining('user: Your last reply broke off'),
      'assistant: hi',
    ]);
    expect(asked[1]?.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(choices).toEqual(['p/mine', 'q/other']);
    // For this reply only.
    await chat.send('more');
    expect(choices.at(-1)).toBe('p/mine');
  });

  it('offers nothing any more once the chat has gone on', async () => {
    const { make, asked } = world(broken, hi);
    const chat = make();
    await chat.send('go');
    const id = chat.messages().at(-1)?.id ?? '';
    await chat.send('never mind');
    await chat.continueWith(id);
    expect(asked).toHaveLength(2);
  });

  it('is not gone on with where nobody was offered', async () => {
    const { make, asked } = world([fails({})]);
    const chat = make();
    await chat.send('go');
    await chat.continueWith(chat.messages().at(-1)?.id ?? '');
    expect(asked).toHaveLength(1);
  });
});

describe('a reply of a chain', () => {
  it('has nothing of a model that failed while it was thinking, and names who answered and why', async () => {
    const error = { code: 'overloaded', message: 'busy', retryable: true } as const;
    const { make } = world([
      { type: 'notice', notice: { kind: 'auto', model: 'p/a', because: 'cheaper' } },
      { type: 'notice', notice: { kind: 'asking', model: 'p/a' } },
      { type: 'reasoning', text: 'hm' },
      { type: 'notice', notice: { kind: 'switched', from: 'p/a', to: 'p/b', error } },
      { type: 'notice', notice: { kind: 'asking', model: 'p/b' } },
      { type: 'text', text: 'yes' },
      { type: 'wait', until: new Promise(() => undefined) },
    ]);
    const chat = make();
    const sending = chat.send('go');
    await vi.waitFor(() => expect(texts(chat)).toContain('assistant: yes'));
    expect(chat.messages().at(-1)).toMatchObject({
      model: 'p/b',
      auto: 'Auto → p/a: cheaper',
      notices: ['p/a → p/b, because: p/a is overloaded.'],
    });
    await chat.stop();
    await sending;
  });
});

it('a chat’s own choice may be a chain or Auto, and comes back with it', async () => {
  for (const choice of ['auto', ['p/a', 'p/b'], { chain: ['p/a', 'p/b'], localToCloud: true }] as const) {
    const { make, choices } = world(hi);
    const chat = make();
    await chat.chooseModel(choice);
    await chat.send('go');
    const again = make();
    await again.load(chat.id);
    expect(again.model).toEqual(choice);
    expect(choices).toEqual([choice]);
  }
});
