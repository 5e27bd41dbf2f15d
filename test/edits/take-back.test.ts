import { describe, expect, it } from 'vitest';
import { takeBack } from '../../src/edits/take-back.ts';

const before = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n';
const after = before.replace('three', 'THREE').replace('six\n', '');

describe('an edit taken back', () => {
  const check = (name: string, now: string, expected: string): void =>
    it(name, () => expect(takeBack(before, after, now)).toMatchObject({ text: expected }));

  check('from the text it left', after, before);
  check('from a text with more above', `zero\n${after}`, `zero\n${before}`);
  check('from a text with another line changed', after.replace('one', 'ONE'), before.replace('one', 'ONE'));

  check('when it is taken back already', before, before);

  it('is refused where lines it took away have nothing left around them', () => {
    expect(takeBack('a\nb\nc\n', 'a\nc\n', 'x\ny\n')).toMatchObject({ error: { code: 'not-found' } });
  });

  it('is refused where its own line was changed', () => {
    expect(takeBack(before, after, after.replace('THREE', 'mine'))).toMatchObject({ error: { code: 'not-found' } });
  });
});
