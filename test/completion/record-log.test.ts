import { describe, expect, it } from 'vitest';
import type { CompletionRecord } from '../../src/completion/record.ts';
import { RecordLog } from '../../src/completion/record-log.ts';

let ids = 0;
const record = (changed: Partial<CompletionRecord>): CompletionRecord => ({
  id: ++ids,
  at: 0,
  uri: 'file:///a.ts',
  path: 'a.ts',
  languageId: 'typescript',
  trigger: 'automatic',
  outcome: 'nothing',
  endedBy: 'trigger',
  reason: 'No.',
  accepted: false,
  keys: 1,
  stages: [],
  totalMs: 0,
  ...changed,
});

function logOf(...records: readonly Partial<CompletionRecord>[]): RecordLog {
  const log = new RecordLog();
  for (const changed of records) log.add(record(changed));
  return log;
}

const overtaken = { outcome: 'cancelled', endedBy: 'delay', reason: 'Moved on.' } as const;
const other = { uri: 'file:///b.ts', path: 'b.ts' };

describe('the answer to why there is no suggestion', () => {
  const check = (log: RecordLog, uri: string, reason: string | undefined): void =>
    expect(log.lastAnswerFor(uri)?.reason).toBe(reason);

  it('is of the file it is asked for', () => {
    const log = logOf({ reason: 'Of a.' }, { ...other, reason: 'Of b.' });
    check(log, 'file:///a.ts', 'Of a.');
    check(log, 'file:///b.ts', 'Of b.');
    check(log, 'file:///c.ts', undefined);
    expect(log.lastAnswer?.reason).toBe('Of b.');
  });
  it('is not that the next key came', () => check(logOf({}, overtaken), 'file:///a.ts', 'No.'));
  it('is that where nothing else is known', () => check(logOf(other, overtaken), 'file:///a.ts', 'Moved on.'));
});

describe('the log', () => {
  it('holds the last 50', () => {
    const log = logOf(...Array.from({ length: 60 }, (_, index) => ({ reason: `${index}` })));
    expect(log.all.map(({ reason }) => reason)).toEqual(Array.from({ length: 50 }, (_, index) => `${index + 10}`));
  });
  it('counts what says the same again', () => expect(logOf({}, {}, {}).all).toMatchObject([{ keys: 3 }]));
  it('keeps files of one name apart', () => {
    const elsewhere = { uri: 'file:///other/a.ts' };
    expect(logOf({}, elsewhere).all).toMatchObject([{ keys: 1 }, { keys: 1 }]);
  });
  it('notes what was taken', () => {
    const log = logOf({ suggestionId: 4 }, { suggestionId: 5, reason: 'Shown.' });
    log.accepted(5);
    expect(log.all.map(({ accepted }) => accepted)).toEqual([false, true]);
  });
});
