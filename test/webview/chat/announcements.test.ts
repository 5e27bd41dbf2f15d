import { describe, expect, it } from 'vitest';
import type { ChatView, MessageView } from '../../../src/protocol/chat-view.ts';
import { announcement } from '../../../src/webview/chat/announcements.ts';
import { assistant, chat, user } from '../support/views.ts';

const question = user('u1', 'Hi');
const withReply = (text: string, changes: Partial<MessageView> = {}): ChatView =>
  chat({ messages: [question, assistant('a1', text, changes)] });
const streaming = withReply('He', { state: 'streaming' });

function check(what: string, before: ChatView | undefined, now: ChatView, expected: string | undefined): void {
  it(what, () => expect(announcement(before, now)).toBe(expected));
}

describe('announcement', () => {
  check('says that an answer begins', chat({ messages: [question] }), streaming, 'Tutti is answering');
  check('says nothing of each token', streaming, withReply('Hello', { state: 'streaming' }), undefined);
  check('reads the finished reply', streaming, withReply('Hello'), 'Hello');
  check('says that it was stopped', streaming, withReply('Hel', { state: 'stopped' }), 'Stopped');
  check(
    'says what went wrong and what to do',
    streaming,
    withReply('', { state: 'failed', error: { cause: 'No key.', nextStep: 'Add one.', details: '401' } }),
    'No key. Add one.',
  );
  check(
    'reads a new notice',
    streaming,
    withReply('He', { state: 'streaming', notices: ['Waiting 4 s'] }),
    'Waiting 4 s',
  );
  check('is silent when a chat is opened', undefined, withReply('Hello'), undefined);
  check('is silent when another chat is opened', streaming, { ...withReply('Hello'), chatId: 'chat-2' }, undefined);
  check('is silent when only the user spoke', chat(), chat({ messages: [question] }), undefined);

  it('cuts a long reply short', () => {
    const words = announcement(streaming, withReply('word '.repeat(1000)));
    expect(words).toMatch(/^word .*… The reply goes on\.$/);
    expect(words?.length).toBeLessThan(1600);
  });
});
