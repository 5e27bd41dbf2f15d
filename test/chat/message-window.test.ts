import { describe, expect, it } from 'vitest';
import { windowOf } from '../../src/chat/message-window.ts';
import type { MessageView } from '../../src/protocol/chat-view.ts';

const chat = (count: number, letters = 10): MessageView[] =>
  Array.from({ length: count }, (_, nth) => ({
    id: `m${nth}`,
    role: 'user',
    parts: [{ type: 'text', text: 'x'.repeat(letters) }],
    state: 'done',
    notices: [],
  }));

describe('what a page is told of a chat at once', () => {
  function check(
    what: string,
    all: readonly MessageView[],
    before: string | undefined,
    expected: [string, string, number] | 0,
  ) {
    it(what, () => {
      const { messages, earlier } = windowOf(all, before);
      expect(expected === 0 ? messages : [messages[0]?.id, messages.at(-1)?.id, earlier]).toEqual(
        expected === 0 ? [] : expected,
      );
    });
  }

  check('nothing of an empty chat', [], undefined, 0);
  check('all of a short one', chat(3), undefined, ['m0', 'm2', 0]);
  check('the end of a long one', chat(2000), undefined, ['m1960', 'm1999', 1960]);
  check('what comes before a message', chat(2000), 'm1960', ['m1920', 'm1959', 1920]);
  check('the rest at the beginning', chat(2000), 'm7', ['m0', 'm6', 0]);
  check('nothing before the first', chat(5), 'm0', 0);
  check('nothing before one that is not there', chat(5), 'gone', 0);
  check('fewer where they are long', chat(100, 150_000), undefined, ['m98', 'm99', 98]);
  check('one however long', chat(3, 1_000_000), undefined, ['m2', 'm2', 2]);

  it('piece by piece comes to the whole', () => {
    const all = chat(333, 20_000);
    let { messages, earlier } = windowOf(all);
    while (earlier > 0) {
      const more = windowOf(all, messages[0]?.id);
      messages = [...more.messages, ...messages];
      earlier = more.earlier;
    }
    expect(messages).toEqual(all);
  });
});
