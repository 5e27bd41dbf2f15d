import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Lesson } from '../../src/llm/lesson.ts';
import { databaseAt } from '../../src/store/database.ts';
import { Lessons } from '../../src/store/lessons.ts';

const every: readonly Lesson[] = [
  { kind: 'omit', name: 'temperature' },
  { kind: 'form', quirk: { maxTokensField: 'max_completion_tokens' } },
  { kind: 'form', quirk: { systemRole: 'system' } },
  { kind: 'window', tokens: 8192 },
];

describe('lessons', () => {
  it('of every kind survive a restart, oldest first, each model’s own', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'tutti-lessons-')), 'tutti.db');
    {
      using open = databaseAt(path);
      for (const [at, lesson] of every.entries()) await new Lessons(open).keep('a/m', lesson, 1000 + at);
    }
    using open = databaseAt(path);
    const lessons = new Lessons(open);
    expect((await lessons.of('a/m')).map(({ lesson, learnedAt }) => [lesson, learnedAt])).toEqual(
      every.map((lesson, at) => [lesson, 1000 + at]),
    );
    expect(await lessons.of('a/other')).toEqual([]);
  });

  it('a new one takes the place of its namesake and can be forgotten', async () => {
    const lessons = new Lessons(databaseAt(':memory:'));
    await lessons.keep('a/m', { kind: 'window', tokens: 8192 }, 1);
    await lessons.keep('a/m', { kind: 'window', tokens: 4096 }, 2);
    await lessons.keep('a/m', { kind: 'omit', name: 'top_p' }, 3);
    const [window] = await lessons.of('a/m');
    expect(window).toEqual({ id: 'window', lesson: { kind: 'window', tokens: 4096 }, learnedAt: 2 });
    await lessons.forget('a/m', 'window');
    expect((await lessons.of('a/m')).map(({ id }) => id)).toEqual(['omit top_p']);
  });

  it('are bounded: of one model the newest 20, of all the newest 500', async () => {
    const lessons = new Lessons(databaseAt(':memory:'));
    for (let n = 0; n < 25; n++) await lessons.keep('a/m', { kind: 'omit', name: `p${n}` }, n);
    expect((await lessons.of('a/m')).map(({ id }) => id)).toEqual(
      Array.from({ length: 20 }, (_, n) => `omit p${n + 5}`),
    );
    for (let n = 0; n < 500; n++) await lessons.keep(`b/${n}`, { kind: 'window', tokens: 1 + n }, 100 + n);
    expect(await lessons.of('a/m')).toEqual([]);
    expect(await lessons.of('b/0')).toHaveLength(1);
  });

  it('that cannot be read count as none', async () => {
    const open = databaseAt(':memory:');
    const database = await open();
    const broken = ['{', '{"kind":"omit"}', '{"kind":"window","tokens":0}', '{"kind":"form","quirk":{"a":1}}', '7'];
    for (const [at, lesson] of broken.entries()) {
      database.prepare('insert into lessons values (?, ?, ?, ?)').run('a/m', String(at), lesson, at);
    }
    expect(await new Lessons(open).of('a/m')).toEqual([]);
  });
});
