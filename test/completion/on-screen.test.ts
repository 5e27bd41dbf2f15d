import { describe, expect, it } from 'vitest';
import type { DocumentChange } from '../../src/completion/document.ts';
import type { Observation } from '../../src/completion/observation.ts';
import { OnScreen } from '../../src/completion/on-screen.ts';

const uri = 'file:///a.ts';

interface Screen {
  readonly screen: OnScreen;
  show(text: string, offset?: number, id?: number): void;
  type(...texts: readonly string[]): void;
  change(change: Partial<DocumentChange>): void;
}

/** What is told after `act`, in short. */
function told(act: (on: Screen) => void): readonly string[] {
  const observed: Observation[] = [];
  const screen = new OnScreen((observation) => observed.push(observation));
  let at = 10;
  act({
    screen,
    show: (text, offset = at, id = 1) => {
      at = offset;
      const suggestion = { id, text, replaceBefore: 0, replaceAfter: 0, model: 'test/filler' as const };
      screen.show({
        suggestion,
        uri,
        languageId: 'typescript',
        offset,
        before: 'a = ',
        source: 'network',
        latencyMs: 5,
      });
    },
    type: (...texts) => {
      for (const text of texts) {
        screen.changed(uri, [{ offset: at, removedLength: 0, insertedText: text }]);
        at += text.length;
      }
    },
    change: (change) => screen.changed(uri, [{ offset: at, removedLength: 0, insertedText: '', ...change }]),
  });
  return observed.map((each) => {
    if (each.kind === 'requested') return each.kind;
    const more = each.kind === 'accepted' ? ` at ${each.offset}` : each.kind === 'dismissed' ? ` by ${each.how}` : '';
    return `${each.kind} ${each.suggestionId} "${each.text}"${more}`;
  });
}

describe('what becomes of a suggestion', () => {
  const check = (name: string, act: (on: Screen) => void, expected: readonly string[]): void =>
    it(name, () => expect(told(act)).toEqual(['shown 1 "abc"', ...expected]));

  check(
    'accepted whole',
    ({ screen, show, type }) => {
      show('abc');
      type('abc');
      screen.accepted(1);
      screen.cursorAt(uri, 13);
    },
    ['accepted 1 "abc" at 10'],
  );
  check(
    'accepted after some keys',
    ({ screen, show, type }) => {
      show('abc');
      type('a');
      show('bc');
      type('bc');
      screen.accepted(1);
    },
    ['accepted 1 "abc" at 10'],
  );
  check(
    'typed to its end by hand',
    ({ screen, show, type }) => {
      show('abc');
      type('a', 'b', 'c', ' ');
      show('d', 14, 2);
      screen.closed(uri);
    },
    ['typed-through 1 "abc"', 'shown 2 "d"', 'dismissed 2 "d" by moved-away'],
  );
  check(
    'accepted by its words',
    ({ screen, show, type }) => {
      show('abc');
      type('ab');
      show('c');
      type('c');
      screen.cursorAt(uri, 13);
      show('d', 20, 2);
      screen.escaped();
    },
    ['accepted 1 "abc" at 10', 'shown 2 "d"', 'dismissed 2 "d" by escape'],
  );
  check(
    'a word accepted, the rest sent away',
    ({ screen, show, type }) => {
      show('abc');
      type('ab');
      show('c');
      screen.escaped();
    },
    ['accepted 1 "ab" at 10'],
  );
  check(
    'something else typed',
    ({ show, type }) => {
      show('abc');
      type('x', 'y');
    },
    ['dismissed 1 "abc" by typed-other'],
  );
  check(
    'something removed',
    ({ show, change }) => {
      show('abc');
      change({ removedLength: 2 });
    },
    ['dismissed 1 "abc" by typed-other'],
  );
  check(
    'sent away twice',
    ({ screen, show }) => {
      show('abc');
      screen.escaped();
      screen.escaped();
    },
    ['dismissed 1 "abc" by escape'],
  );
  check(
    'a cursor that comes along with the typing, and then leaves',
    ({ screen, show, type }) => {
      show('abc');
      type('a');
      screen.cursorAt(uri, 11);
      screen.cursorAt(uri, 3);
    },
    ['dismissed 1 "abc" by moved-away'],
  );
  check(
    'a change in another file',
    ({ screen, show, type }) => {
      show('abc');
      screen.changed('file:///other.ts', [{ offset: 0, removedLength: 0, insertedText: 'zzz' }]);
      type('abc');
      screen.accepted(1);
    },
    ['accepted 1 "abc" at 10'],
  );

  it('a text that grows while it comes is one suggestion', () => {
    const observed = told(({ screen, show, type }) => {
      show('abc');
      show('abcdef');
      type('abcdef');
      screen.accepted(1);
    });
    expect(observed).toEqual(['shown 1 "abc"', 'accepted 1 "abcdef" at 10']);
  });

  it('a bracket the editor closes is no other text', () => {
    const observed = told(({ screen, show, change }) => {
      show('(a)');
      change({ insertedText: '()' });
      expect(screen.remaining(1)).toMatchObject({ offset: 11, rest: 'a)' });
    });
    expect(observed).toEqual(['shown 1 "(a)"']);
  });
});
