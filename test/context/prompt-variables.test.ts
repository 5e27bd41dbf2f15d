import { describe, expect, it } from 'vitest';
import { fillIn, inputsOf, readInputs, variablesOf } from '../../src/context/prompt-variables.ts';

const body = 'In ${file} rename ${input:old} to ${input:new:the new name}, not ${input:old}. ${selection} ${nope}';

describe('variables of a prompt', () => {
  it('are found, each once', () => {
    expect(inputsOf(body)).toEqual([{ name: 'old' }, { name: 'new', placeholder: 'the new name' }]);
    expect(variablesOf(body)).toEqual(['file', 'selection']);
  });

  it('are replaced by their values; what has none stays and is told', () => {
    const inputs = new Map([
      ['old', '$&'],
      ['new', '${file}'],
    ]);
    expect(fillIn(body, inputs, { file: '/w/a.ts' })).toEqual({
      text: 'In /w/a.ts rename $& to ${file}, not $&. ${selection} ${nope}',
      missing: ['${selection}', '${nope}'],
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ['old=a new=b', { old: 'a', new: 'b' }, ''],
    ['old="two words" and more', { old: 'two words', new: 'and more' }, ''],
    ["old='a' new=b but keep x=1", { old: 'a', new: 'b' }, 'but keep x=1'],
    ['all of it', {}, 'all of it'],
    ['old=', {}, 'old='],
    ['', {}, ''],
  ])('written behind the command: %j', (written, values, rest) => {
    const read = readInputs(inputsOf(body), written);
    expect({ values: Object.fromEntries(read.values), rest: read.rest }).toEqual({ values, rest });
  });
});
