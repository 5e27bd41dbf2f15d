import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChatView } from '../../src/protocol/chat-view.ts';
import type { Delta, ToWebview } from '../../src/protocol/to-webview.ts';
import { applyDelta } from '../../src/webview/apply-delta.ts';
import { emptySession, receive } from '../../src/webview/session.ts';
import { assistant, chat, user } from './support/views.ts';

const id = fc.constantFrom('m0', 'm1', 'm2', 'm3');
const text = fc.string({ maxLength: 3 });
const delta: fc.Arbitrary<Delta> = fc.oneof(
  id.map((id): Delta => ({ type: 'message-added', message: user(id, id) })),
  fc.tuple(id, text).map(([id, text]): Delta => ({ type: 'message-changed', message: assistant(id, text) })),
  fc
    .tuple(id, fc.constantFrom('text' as const, 'reasoning' as const), text, fc.option(fc.nat(), { nil: undefined }))
    .map(
      ([messageId, part, text, thoughtMs]): Delta => ({
        type: 'text-appended',
        messageId,
        part,
        text,
        ...(thoughtMs !== undefined && { thoughtMs }),
      }),
    ),
  id.map((messageId): Delta => ({ type: 'messages-removed-from', messageId })),
  id.map(
    (messageId): Delta => ({ type: 'messages-replaced-from', messageId, messages: [user(messageId, 'other branch')] }),
  ),
  text.map((text): Delta => ({ type: 'queue', queue: [{ id: text, text, attachments: [] }] })),
  text.map((title): Delta => ({ type: 'title', title })),
);

/** What becomes of a message on its way. */
const fate = fc.constantFrom('arrives', 'arrives', 'arrives', 'lost', 'twice', 'late');

it('whatever is lost, doubled or out of order on the way, the page ends with what the chat is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(delta, fate)), (steps) => {
      let view: ChatView = chat();
      let seq = 0;
      let session = emptySession;
      const late: ToWebview[] = [];
      let asked = true;
      const arrive = (message: ToWebview): void => {
        const before = session;
        session = receive(session, message);
        // Asked for once; the answer may be lost too, so each later gap asks again.
        asked ||= session.stale && !before.stale;
      };
      const send = (message: ToWebview, fate: string): void => {
        if (fate === 'late') late.push(message);
        else if (fate !== 'lost') arrive(message);
        if (fate === 'twice') arrive(message);
      };
      const answer = (): void => {
        if (!asked) return;
        asked = false;
        arrive({ type: 'snapshot', seq: ++seq, view });
      };
      for (const [delta, fate] of steps) {
        answer();
        view = applyDelta(view, delta);
        send({ type: 'delta', seq: ++seq, delta }, fate);
        if (late.length > 2) arrive(late.shift() ?? { type: 'open-settings' });
      }
      for (const message of late) arrive(message);
      answer();
      // A loss shows with whatever comes next.
      view = applyDelta(view, { type: 'title', title: 'end' });
      arrive({ type: 'delta', seq: ++seq, delta: { type: 'title', title: 'end' } });
      answer();
      expect(session).toEqual({ seq, view, stale: false });
    }),
  );
});
