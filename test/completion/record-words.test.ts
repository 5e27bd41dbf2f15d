import { describe, expect, it } from 'vitest';
import type { CompletionRecord } from '../../src/completion/record.ts';
import { wordRecords } from '../../src/completion/record-words.ts';

const shown: CompletionRecord = {
  id: 1,
  at: 0,
  uri: 'file:///a|b.ts',
  path: 'a|b.ts',
  languageId: 'typescript',
  trigger: 'automatic',
  outcome: 'shown',
  endedBy: 'show',
  reason: 'Shown, by test/filler.',
  source: 'cache',
  text: 'one\n```\ntwo',
  suggestionId: 1,
  accepted: true,
  keys: 3,
  stages: [
    { stage: 'trigger', ms: 0.12 },
    { stage: 'at-hand', ms: 12.6 },
  ],
  totalMs: 12.7,
  request: {
    model: 'test/filler',
    prompt: 'before[cursor]after',
    form: 'infill',
    received: 'one\n```\ntwo<eot>',
    firstTextMs: 30,
    totalMs: 250,
    usage: { input: 100, output: 7, estimated: true },
    cost: 0.000_123_4,
    cutBy: ['special-tokens'],
    ended: 'complete',
  },
};
const refused: CompletionRecord = {
  id: 2,
  at: 0,
  uri: 'file:///c.ts',
  path: 'c.ts',
  languageId: 'typescript',
  trigger: 'invoke',
  outcome: 'nothing',
  endedBy: 'trigger',
  reason: 'There are several cursors.',
  accepted: false,
  keys: 1,
  stages: [{ stage: 'trigger', ms: 0 }],
  totalMs: 0,
};

describe('the page of the last requests', () => {
  const page = wordRecords([shown, refused]);

  it.each([
    ['stage times', '- stages: trigger 0.1 ms → at hand 13 ms'],
    ['model and times', '- request: test/filler, form infill, first text after 30 ms, done after 250 ms, complete'],
    ['tokens and cost', '- tokens: about 100 in, 7 out, $0.00012'],
    ['what changed it', '- changed by: special-tokens'],
    ['where it came from', 'text from the cache, stands for 3 keys'],
    ['the exact prompt', 'Prompt:\n\n```\nbefore[cursor]after\n```'],
    ['a text with a fence, whole', 'Shown:\n\n````\none\n```\ntwo\n````'],
    ['the stage that ended it', 'Trigger: There are several cursors.'],
    ['that nobody was asked', '- call: asked for by hand, typescript\n- stages: trigger 0.0 ms\n- request: none'],
  ])('says %s', (_, words) => expect(page).toContain(words));

  it('begins with the newest, in a table whose columns stand under each other', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.map((row) => row.length)).toEqual(rows.map(() => rows[0]?.length));
    expect(rows[2]).toContain('c.ts');
    expect(rows[3]).toContain('a\\|b.ts');
    expect(page.indexOf('## 1.')).toBeLessThan(page.indexOf('## 2.'));
  });
  it('says so where nothing was asked for', () =>
    expect(wordRecords([])).toContain('No suggestion was asked for yet.'));
});
