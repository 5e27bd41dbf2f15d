import { describe, expect, it } from 'vitest';
import { typedSince } from '../../src/inference/typed-since.ts';

const lines = Array.from({ length: 30 }, (_, line) => `const value${line} = ${line};\n`);
const text = lines.join('');
const after = lines.toReversed().join('');
const extra = [{ filename: 'other.ts', text: 'export {};' }];

function check(before: readonly [string, string], now: readonly [string, string], typed: string | undefined): void {
  const texts = ([prefix, suffix]: readonly [string, string]) => ({ prefix, suffix, extra });
  expect(typedSince(texts(before), texts(now))).toBe(typed);
}

describe('what was typed since a hole was shown', () => {
  it.each<[string, readonly [string, string], readonly [string, string], string | undefined]>([
    ['letters', [text, after], [`${text}let`, after], 'let'],
    ['nothing', [text, after], [text, after], ''],
    ['letters, while the window moved down', [text, after], [`${lines.slice(8).join('')}let`, after], 'let'],
    ['letters, while the window reaches further up', [lines.slice(4).join(''), after], [`${text}x`, after], 'x'],
    ['letters, while less of what follows is shown', [text, after], [`${text}x`, after.slice(0, 300)], 'x'],
    ['not a deletion', [text, after], [text.slice(0, -2), after], undefined],
    ['not another text after the cursor', [text, after], [`${text}(`, `)${after}`], undefined],
    ['not another place', [text, after], ['import { a } from "b";\n'.repeat(9), after], undefined],
    ['not a change further up', [text, after], [`${text.replace('value3', 'other')}x`, after], undefined],
    ['not a window of which most is new', [lines.slice(25).join(''), after], [`${text}x`, after], undefined],
  ])('%s', (_, before, now, typed) => check(before, now, typed));

  it('not when other files changed', () => {
    const hole = { prefix: text, suffix: after };
    expect(typedSince({ ...hole, extra }, { ...hole, extra: [] })).toBeUndefined();
    expect(
      typedSince({ ...hole, extra }, { ...hole, extra: [{ filename: 'other.ts', text: 'export {}' }] }),
    ).toBeUndefined();
  });
});
