import { describe, expect, it, vi } from 'vitest';
import { type ChatListener, OpenChats } from '../../src/chat/open-chats.ts';
import type { Delta } from '../../src/protocol/to-webview.ts';
import { texts, world } from '../support/chat-world.ts';
import { says } from '../support/scripted-stream.ts';

const nobody = { onDelta: () => undefined, onModelMayHaveChanged: () => undefined };

/** The chats of a window over the store of `ports`. */
function window({ ports, chats, turns }: ReturnType<typeof world>) {
  return new OpenChats(
    {
      ...ports,
      savedAt: async (id) => chats.get(id)?.updatedAt,
      turnBody: async (_, id) => turns.get(id)?.body,
    },
    () => undefined,
  );
}

const listening = (onReplaced: () => void): ChatListener => ({ ...nobody, onReplaced });

describe('chats of a window that goes', () => {
  it('flushed, all that has come of a reply is on disk at once', async () => {
    const store = world([
      { type: 'text', text: 'said just now' },
      { type: 'wait', until: new Promise(() => undefined) },
    ]);
    const chats = window(store);
    const arrived = Promise.withResolvers<void>();
    const onDelta = ({ type }: Delta): void => void (type === 'text-appended' && arrived.resolve());
    const { conversation } = chats.fresh({ ...listening(() => undefined), onDelta });
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const sending = conversation.send('go');
    await arrived.promise;
    const kept = (): string => [...store.turns.values()].map(({ body }) => body).join();
    expect(kept()).not.toContain('said just now');
    await chats.flush();
    vi.useRealTimers();
    expect(kept()).toContain('said just now');
    await chats.stopAll();
    await sending;
  });
});

describe('a reply that another window is writing', () => {
  it('grows here, too, to its end', async () => {
    const more = Promise.withResolvers<void>();
    const store = world([
      { type: 'text', text: 'half' },
      { type: 'wait', until: more.promise },
      { type: 'text', text: ' and half' },
      says('half and half'),
    ]);
    const there = window(store).fresh(listening(() => undefined)).conversation;
    const sending = there.send('go');
    await vi.waitFor(() => expect([...store.turns.values()].map(({ body }) => body).join()).toContain('half'));
    const replaced = vi.fn();
    const here = await window(store).open(there.id, listening(replaced));
    expect(here && texts(here.conversation)).toEqual(['user: go', 'assistant: half']);
    more.resolve();
    await sending;
    await vi.waitFor(() => expect(replaced).toHaveBeenCalled(), 5000);
    expect(here && texts(here.conversation)).toEqual(['user: go', 'assistant: half and half']);
    expect(here?.conversation.messages().at(-1)?.state).toBe('done');
  });
});
