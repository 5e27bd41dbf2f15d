import { describe, expect, it } from 'vitest';
import type { ChatView } from '../../src/protocol/chat-view.ts';
import type { Delta } from '../../src/protocol/to-webview.ts';
import { applyDelta } from '../../src/webview/apply-delta.ts';
import { assistant, chat, model, user } from './support/views.ts';

const before = chat({ messages: [user('u1', 'Hi'), assistant('a1', 'Hel', { state: 'streaming' })], busy: true });

function check(what: string, delta: Delta, expected: Partial<ChatView>): void {
  it(what, () => expect(applyDelta(before, delta)).toEqual({ ...before, ...expected }));
}

describe('applyDelta', () => {
  const [question, reply] = before.messages;
  if (question === undefined || reply === undefined) throw new Error('two messages are needed');

  check(
    'adds a message at the end',
    { type: 'message-added', message: user('u2', 'More') },
    { messages: [question, reply, user('u2', 'More')] },
  );
  check(
    'appends text to the last part of the same type',
    { type: 'text-appended', messageId: 'a1', part: 'text', text: 'lo' },
    { messages: [question, { ...reply, parts: [{ type: 'text', text: 'Hello' }] }] },
  );
  check(
    'begins a new part when the type is another',
    { type: 'text-appended', messageId: 'a1', part: 'refusal', text: 'No' },
    { messages: [question, { ...reply, parts: [...reply.parts, { type: 'refusal', text: 'No' }] }] },
  );
  check(
    'replaces a message that changed',
    { type: 'message-changed', message: assistant('a1', 'Hello') },
    { messages: [question, assistant('a1', 'Hello')] },
  );
  check('removes a message and all after it', { type: 'messages-removed-from', messageId: 'u1' }, { messages: [] });
  check('removes nothing when the message is not there', { type: 'messages-removed-from', messageId: 'x' }, {});
  check(
    'ignores text for a message that is not there',
    { type: 'text-appended', messageId: 'x', part: 'text', text: 'y' },
    {},
  );
  check('knows when a reply is over', { type: 'busy', busy: false }, { busy: false });
  check('takes a title', { type: 'title', title: 'Greeting' }, { title: 'Greeting' });
  check('takes another model', { type: 'model', model: { ...model, ref: 'a/b' } }, { model: { ...model, ref: 'a/b' } });
  check('takes a new list of models', { type: 'models', models: [model] }, { models: [model] });
  check(
    'takes how the list is arranged',
    { type: 'shelf', shelf: { pinned: ['a/b'], hidden: [], recent: [] } },
    { shelf: { pinned: ['a/b'], hidden: [], recent: [] } },
  );
  check('takes prompts to recall', { type: 'recall', recall: ['Hi'] }, { recall: ['Hi'] });

  it('leaves the identity of messages it does not touch', () => {
    const after = applyDelta(before, { type: 'text-appended', messageId: 'a1', part: 'text', text: 'lo' });
    expect(after.messages[0]).toBe(before.messages[0]);
  });
});
