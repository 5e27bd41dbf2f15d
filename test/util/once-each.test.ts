import { describe, expect, it } from 'vitest';
import { onceEach } from '../../src/util/once-each.ts';

describe('a sentence that would be said again and again', () => {
  it('is said once', () => {
    const said: string[] = [];
    const tell = onceEach((sentence) => said.push(sentence));
    for (const sentence of ['a', 'b', 'a', 'a', 'b']) tell(sentence);
    expect(said).toEqual(['a', 'b']);
  });

  it('takes no more memory than for the bound', () => {
    const said: string[] = [];
    const tell = onceEach((sentence) => said.push(sentence), 2);
    for (const sentence of ['a', 'b', 'c', 'a', 'c']) tell(sentence);
    expect(said).toEqual(['a', 'b', 'c', 'a']);
  });
});
