import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StillThere } from '../../src/completion/learning-kept.ts';
import { shareKept } from '../../src/completion/learning-share.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Edit = readonly [from: string, to: string];

const uri = 'file:///a.ts';
const text = 'return first(a) + b;';
const file = `function add() {\n  ${text}\n}\nfunction other() {\n  return first(c) + d;\n}\n`;

/** A window with one file in it and one accepted suggestion. */
class Window {
  content = file;
  isOpen = true;
  readonly shares: number[] = [];
  readonly stillThere = new StillThere(
    (_, start, end) => (this.isOpen ? this.content.slice(start, end) : undefined),
    (_, share) => this.shares.push(share),
  );

  accept(accepted = text): void {
    const offset = this.content.indexOf(accepted);
    const facts = { suggestionId: 1, uri, languageId: 'typescript', model: 'test/filler', text: accepted } as const;
    this.stillThere.accepted({ ...facts, offset });
  }

  edit([from, to]: Edit): void {
    const offset = this.content.indexOf(from);
    if (offset < 0) throw new Error(`No “${from}” in the file.`);
    this.content = this.content.slice(0, offset) + to + this.content.slice(offset + from.length);
    this.stillThere.documentChanged(uri, [{ offset, removedLength: from.length, insertedText: to }]);
  }
}

function check(edits: readonly Edit[], expected: number): void {
  const window = new Window();
  window.accept();
  for (const edit of edits) window.edit(edit);
  vi.advanceTimersByTime(29_999);
  expect(window.shares).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(window.shares).toEqual([expect.closeTo(expected, 2)]);
}

describe('30 seconds after it was accepted', () => {
  // The text has eight words and signs.
  it.each<[string, number, readonly Edit[]]>([
    ['untouched', 1, []],
    ['edited above', 1, [['function add', '// a comment\n\nexport function add']]],
    [
      'edited far above, again and again',
      1,
      Array.from({ length: 50 }, () => ['function add', `${'x'.repeat(500)}\nfunction add`] as const),
    ],
    ['edited below', 1, [['function other', 'function another']]],
    ['indented and spread over lines', 1, [[text, 'return first(\n      a\n    )\n    + b;']]],
    ['written after', 1, [[text, `${text} // sum`]]],
    ['one word changed', 7 / 8, [['(a)', '(z)']]],
    [
      'half of it gone',
      4 / 8,
      [
        [' + b;', ''],
        ['first(', '('],
      ],
    ],
    ['deleted, while its twin stands below', 0, [[text, '']]],
    [
      'undone and done again',
      1,
      [
        [text, ''],
        ['  \n', `  ${text}\n`],
      ],
    ],
    ['the whole file laid out anew', 1, [[file, `/* formatted */\n\n${file.replaceAll('  ', '\t')}`]]],
    ['the whole file deleted', 0, [[file, '']]],
  ])('%s: %d', (_, expected, edits) => check(edits, expected));

  it('a closed document tells nothing, whether it is told of or found out', () => {
    for (const tell of [true, false]) {
      const window = new Window();
      window.accept();
      window.isOpen = false;
      if (tell) window.stillThere.documentClosed(uri);
      vi.advanceTimersByTime(60_000);
      expect(window.shares).toEqual([]);
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('what was accepted word by word is looked at once, as a whole', () => {
    const window = new Window();
    window.accept('return');
    vi.advanceTimersByTime(10_000);
    window.accept();
    window.edit(['first(a)', '']);
    vi.advanceTimersByTime(20_000);
    expect(window.shares).toEqual([expect.closeTo(4 / 8, 2)]);
    vi.advanceTimersByTime(60_000);
    expect(window.shares).toHaveLength(1);
  });

  it('undone and redone it stands again', () => {
    const window = new Window();
    window.accept();
    const offset = window.content.indexOf(text);
    window.edit([text, '']);
    window.content = file;
    window.stillThere.documentChanged(uri, [{ offset, removedLength: 0, insertedText: text }]);
    vi.advanceTimersByTime(30_000);
    expect(window.shares).toEqual([1]);
  });

  it('nothing is looked at after the window has closed', () => {
    const window = new Window();
    window.accept();
    window.stillThere[Symbol.dispose]();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('for any text', () => {
  const word = fc.constantFrom('a', 'b', 'return', '(', ')', ';', '\n', '  ', 'é', '{', '}');
  const words = fc.array(word, { maxLength: 40 }).map((parts) => parts.join(' '));

  it('the share kept is between 0 and 1, and 1 where it stands within others', () => {
    fc.assert(
      fc.property(words, words, words, (before, own, after) => {
        const share = shareKept(own, `${before} ${after}`);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(shareKept(own, own.replaceAll(/\s+/g, '\n\t'))).toBe(1);
      }),
    );
  });

  it('a text is found in a file a hundred times as long', () => {
    const around = Array.from({ length: 500 }, (_, line) => `const value${line} = call${line}(${line});`).join('\n');
    expect(shareKept('return left + right;', `${around}\nreturn  left +\n right;\n${around}`)).toBe(1);
  });
});
