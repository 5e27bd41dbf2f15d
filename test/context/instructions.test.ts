import { describe, expect, it } from 'vitest';
import { composeInstructions, type InstructionFile, nestedInstructions } from '../../src/context/instructions.ts';

const file = (name: string, text: string): InstructionFile => ({ uri: `file:///w/${name}`, name, text });
const lines = (count: number): string => Array.from({ length: count }, (_, at) => `- Rule ${at} of many.`).join('\n');

describe('instructions of a project', () => {
  it('stand under the names of their files, in order, the same bytes each time', () => {
    const files = [file('AGENTS.md', 'Use tabs.\n'), file('CLAUDE.md', 'No tabs.')];
    const { text } = composeInstructions(files);
    expect(text).toBe(
      'Instructions of this project, by its developers:\n\n' +
        '<instructions file="AGENTS.md">\nUse tabs.\n</instructions>\n\n' +
        '<instructions file="CLAUDE.md">\nNo tabs.\n</instructions>',
    );
    expect(composeInstructions(files, 400_000).text).toBe(text);
  });

  it.each([
    ['no files', []],
    ['an empty file', [file('AGENTS.md', ' \n')]],
  ])('are nothing with %s', (_, files) => {
    expect(composeInstructions(files).text).toBe('');
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['of a file in the workspace’s own folder', ['file:///w/a.ts'], []],
    [
      'of files below, each folder once, the outer first',
      ['file:///w/api/src/a.ts', 'file:///w/api/src/b.ts', 'file:///w/api/c.ts'],
      ['file:///w/api/AGENTS.md', 'file:///w/api/src/AGENTS.md'],
    ],
    ['of a file elsewhere', ['file:///wide/api/a.ts', 'https://w/api/a.ts'], []],
  ])('of folders below are looked for: %s', (_, files, places) => {
    expect(nestedInstructions(['file:///w'], files)).toEqual(places);
  });

  it('that two files say alike are sent once', () => {
    const { text, used } = composeInstructions([file('AGENTS.md', 'Use tabs.'), file('CLAUDE.md', 'Use tabs.\n')]);
    expect(text.match(/Use tabs/g)).toHaveLength(1);
    expect(used[1]).toMatchObject({ kept: 0, sameAs: 'AGENTS.md' });
  });

  it.each<[string, number | undefined, number]>([
    ['however large the window is', undefined, 24_000],
    ['an eighth of a small window', 8000, 3000],
  ])('are cut behind a line: %s', (_, window, most) => {
    const whole = lines(3000);
    const { text, used } = composeInstructions([file('AGENTS.md', whole)], window);
    const [cut] = used;
    expect(cut?.of).toBe(whole.length);
    expect(cut?.kept).toBeLessThanOrEqual(most);
    expect(cut?.kept).toBeGreaterThan(most * 0.9);
    expect(text).toMatch(/of many\.\n\[The rest of this file is left out\.\]/);
  });

  it('leave no room to the last of too many', () => {
    const { used } = composeInstructions([...['a', 'b', 'c'].map((name) => file(name, `${name}\n${lines(3000)}`))]);
    expect(used.reduce((sum, { kept }) => sum + kept, 0)).toBeLessThanOrEqual(48_000);
    expect(used.at(-1)?.kept).toBeLessThan(100);
  });
});
