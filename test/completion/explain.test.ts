import { describe, expect, it } from 'vitest';
import { explain, type InFront } from '../../src/completion/explain.ts';
import type { CompletionRecord } from '../../src/completion/record.ts';

const preferences = {
  enabled: true,
  trigger: 'automatic',
  delayMs: 'auto',
  maxLines: 20,
  ahead: 'auto',
  streaming: true,
} as const;
const file: InFront = {
  scheme: 'file',
  languageId: 'lua',
  served: true,
  readOnly: false,
  ghostText: true,
  cursors: 1,
  selecting: false,
  preferences,
  rivals: [],
};
const delayed: CompletionRecord = {
  id: 1,
  at: 0,
  uri: 'file:///a.lua',
  path: 'a.lua',
  languageId: 'lua',
  trigger: 'automatic',
  outcome: 'nothing',
  endedBy: 'delay',
  reason: 'Waiting 3 s after an error: it is down.',
  accepted: false,
  keys: 1,
  stages: [],
  totalMs: 1,
};
const shown: CompletionRecord = { ...delayed, outcome: 'shown', endedBy: 'show', reason: 'Shown, by a/b.' };

describe('why there is no suggestion', () => {
  const off = { ...preferences, enabled: false };
  const manual = { ...preferences, trigger: 'manual' } as const;
  const rows: readonly [
    what: string,
    record: CompletionRecord | undefined,
    place: Partial<InFront> | undefined,
    RegExp,
  ][] = [
    ['the stage that ended the last one', delayed, {}, /^Delay: Waiting 3 s after an error/],
    ['there was one', shown, {}, /^Shown, by a\/b\.$/],
    ['no file is in front', undefined, undefined, /^Trigger: No file is in front/],
    ['in front is a commit message, no editor', delayed, undefined, /^Delay: /],
    ['ghost text is off', delayed, { ghostText: false }, /^Trigger: .*editor\.inlineSuggest\.enabled/],
    ['nobody listens there', undefined, { scheme: 'output', served: false }, /^Trigger: .*“output”/],
    ['it is off by now', shown, { preferences: off }, /^Trigger: .*off for lua \(tutti\.completion\.enabled\)/],
    ['read-only', undefined, { readOnly: true }, /^Trigger: .*cannot be written/],
    ['ignored', undefined, { hiddenBecause: 'It is secret.' }, /^Ignored files: It is secret\.$/],
    ['only by hand', undefined, { preferences: manual }, /^Trigger: .*tutti\.completion\.trigger/],
    ['one by hand had its own end', delayed, { preferences: manual }, /^Delay: /],
    ['several cursors', undefined, { cursors: 2 }, /^Trigger: There are several cursors/],
    ['selected text', undefined, { selecting: true }, /^Trigger: Text is selected/],
    ['somebody else is there', undefined, { rivals: ['A', 'B'] }, /^Trigger: .*A and B/],
    ['nobody has asked', undefined, {}, /^Trigger: VS Code has asked for nothing .*Trigger Inline Completion/],
  ];
  it.each(rows)('%s', (_, record, place, words) => {
    const said = explain(record, place && { ...file, ...place });
    expect(said).toMatch(words);
    expect(said.match(/[.?!](?= [A-Z]|$)/g)).toHaveLength(1);
  });
});
