import { describe, expect, it } from 'vitest';
import { type RecallStep, recallStep } from '../../../src/webview/composer/recall.ts';

const recall = ['first', 'second', 'third'];

function check(
  what: string,
  given: [position: number | undefined, text: string, direction: -1 | 1],
  expected: RecallStep | undefined,
): void {
  it(what, () => expect(recallStep(recall, ...given)).toEqual(expected));
}

describe('recallStep', () => {
  check('begins with the newest in an empty composer', [undefined, '', -1], { position: 2, text: 'third' });
  check('goes back one by one', [2, 'third', -1], { position: 1, text: 'second' });
  check('stays at the oldest', [0, 'first', -1], undefined);
  check('comes forward again', [0, 'first', 1], { position: 1, text: 'second' });
  check('ends in an empty composer', [2, 'third', 1], { position: undefined, text: '' });
  check('leaves a text that was written alone', [undefined, 'draft', -1], undefined);
  check('leaves a recalled text alone once it was changed', [1, 'second, but better', -1], undefined);
  check('begins anew after a recalled text was deleted', [0, '', -1], { position: 2, text: 'third' });
  check('has no newer one than the draft', [undefined, '', 1], undefined);

  it('does nothing when nothing was sent yet', () => expect(recallStep([], undefined, '', -1)).toBeUndefined());
});
