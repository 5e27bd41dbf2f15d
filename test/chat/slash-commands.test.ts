import { describe, expect, it } from 'vitest';
import { readCommand, slashCommands, withRest } from '../../src/chat/slash-commands.ts';

describe('a command at the beginning of a message', () => {
  it.each<[string, string | undefined, string?]>([
    ['/explain', 'explain', ''],
    ['/fix  the loop\nand the end ', 'fix', 'the loop\nand the end'],
    [' /review-all x', 'review-all', 'x'],
    ['/usr/bin/env is what?', undefined],
    ['what does /explain do?', undefined],
    ['/ explain', undefined],
    ['//', undefined],
    ['/', undefined],
  ])('%j is %s', (message, name, rest) => {
    expect(readCommand(message)).toEqual(name === undefined ? undefined : { name, rest });
  });
});

describe('the commands that are built in', () => {
  it('have names of their own that can be typed, and say what they do', () => {
    expect(slashCommands.map(({ name }) => name)).toEqual(
      'explain fix tests doc review commit compact clear'.split(' '),
    );
    for (const { name, description } of slashCommands) {
      expect(readCommand(`/${name}`)).toEqual({ name, rest: '' });
      expect(description()).toMatch(/^\S.{10,70}\S$/);
    }
  });

  it('keep what is written behind them', () => {
    expect(withRest('Explain.', '')).toBe('Explain.');
    expect(withRest('Explain.', 'the loop')).toBe('Explain.\n\nthe loop');
  });
});
