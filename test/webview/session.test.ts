import { describe, expect, it } from 'vitest';
import type { ToWebview } from '../../src/protocol/to-webview.ts';
import { emptySession, receive } from '../../src/webview/session.ts';
import { chat } from './support/views.ts';

const title = (seq: number, text: string): ToWebview => ({ type: 'delta', seq, delta: { type: 'title', title: text } });
const snapshot = (seq: number): ToWebview => ({ type: 'snapshot', seq, view: chat() });

function check(
  what: string,
  messages: readonly ToWebview[],
  expected: { seq: number; title: string | undefined; stale: boolean },
): void {
  it(what, () => {
    const { seq, view, stale } = messages.reduce(receive, emptySession);
    expect({ seq, title: view?.title, stale }).toEqual(expected);
  });
}

describe('receive', () => {
  check('draws a snapshot', [snapshot(7)], { seq: 7, title: '', stale: false });
  check('applies deltas in order', [snapshot(1), title(2, 'a'), title(3, 'b')], { seq: 3, title: 'b', stale: false });
  check('waits for a snapshot before any delta', [title(1, 'a')], { seq: 0, title: undefined, stale: true });
  check('is stale after a gap and applies nothing more', [snapshot(1), title(3, 'a'), title(4, 'b')], {
    seq: 1,
    title: '',
    stale: true,
  });
  check('is stale after a delta that came twice', [snapshot(1), title(2, 'a'), title(2, 'a')], {
    seq: 2,
    title: 'a',
    stale: true,
  });
  check('recovers with the next snapshot', [snapshot(1), title(3, 'a'), snapshot(9), title(10, 'c')], {
    seq: 10,
    title: 'c',
    stale: false,
  });
  check(
    'is not touched by commands to the page',
    [snapshot(1), { type: 'open-settings' }, { type: 'focus-composer' }],
    {
      seq: 1,
      title: '',
      stale: false,
    },
  );
});
