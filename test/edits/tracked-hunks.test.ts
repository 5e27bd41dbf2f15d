import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withChanges } from '../../src/edits/apply-hunks.ts';
import { TrackedHunks } from '../../src/edits/tracked-hunks.ts';

const line = fc.constantFrom('a', 'b', 'c', 'd', '');
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.map((one) => `${one}\n`).join(''));

describe('hunks under review', () => {
  it('taken back one by one, in any order, give the text before', () => {
    fc.assert(
      fc.property(text, text, fc.infiniteStream(fc.nat()), (before, after, picks) => {
        const tracked = new TrackedHunks();
        tracked.edited(before, after);
        let now = after;
        for (const pick of picks) {
          const hunk = tracked.hunks[pick % Math.max(1, tracked.hunks.length)];
          const change = hunk && tracked.reverting(hunk.id);
          if (!hunk || !change) break;
          now = withChanges(now, [change]);
          tracked.keep(hunk.id);
          tracked.typed([{ offset: change.start, removed: change.end - change.start, inserted: change.text.length }]);
        }
        expect(now).toBe(before);
      }),
    );
  });

  it('never take back what was typed: it is still there when all of them are', () => {
    fc.assert(
      fc.property(text, text, fc.nat(), (before, after, place) => {
        const tracked = new TrackedHunks();
        tracked.edited(before, after);
        const at = place % (after.length + 1);
        tracked.typed([{ offset: at, removed: 0, inserted: 1 }]);
        expect(tracked.baseline(withChanges(after, [{ start: at, end: at, text: '#' }]))).toContain('#');
      }),
    );
  });

  it('a second edit that goes back to the beginning leaves nothing to review', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const tracked = new TrackedHunks();
        tracked.edited(before, after);
        tracked.edited(after, before);
        expect(tracked.hunks).toEqual([]);
      }),
    );
  });

  it('that a later edit leaves alone keep their names', () => {
    const tracked = new TrackedHunks();
    tracked.edited('a\nb\nc\n', 'A\nb\nc\n');
    const [first] = tracked.hunks;
    tracked.edited('A\nb\nc\n', 'A\nb\nC\n');
    expect(tracked.hunks.map(({ id, before }) => ({ id, before }))).toEqual([
      { id: first?.id, before: 'a\n' },
      { id: 2, before: 'c\n' },
    ]);
  });
});
