import { describe, expect, it } from 'vitest';
import { commitMessageIn, commitRequest } from '../../src/chat/commit-request.ts';

describe('the commit message in a reply', () => {
  it.each<[string, string, string]>([
    ['as it is', 'Mend the sum\n\nIt subtracted.', 'Mend the sum\n\nIt subtracted.'],
    ['in a fence', '```\nMend the sum\n```', 'Mend the sum'],
    [
      'in a fence with a language, announced',
      'Here is a message:\n\n```text\nMend the sum\n\nMore.\n```\nDone!',
      'Mend the sum\n\nMore.',
    ],
    ['in quotes', '"Mend the sum"', 'Mend the sum'],
    ['in typographic quotes', '“Mend the sum”', 'Mend the sum'],
    ['in backticks', '`Mend the sum`', 'Mend the sum'],
    ['that begins with a quote', '"add" subtracts', '"add" subtracts'],
    ['that begins and ends with quotes', '"add" is not "sub"', '"add" is not "sub"'],
    ['with a label', 'Commit message: Mend the sum', 'Mend the sum'],
    ['behind thoughts', '<think>Hm.\n</think>\n\nMend the sum', 'Mend the sum'],
    ['with a fence of its own', 'Mend the sum\n\n```\nadd(1, 2)\n```', 'Mend the sum\n\n```\nadd(1, 2)\n```'],
    ['with spaces at the ends of lines', 'Mend the sum  \n\n- a \n', 'Mend the sum\n\n- a'],
  ])('%s', (_, reply, expected) => {
    expect(commitMessageIn(reply)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['thoughts', '<think>Hm. Mend', ''],
    ['a fence', '```', ''],
    ['a fence with a language', '```te', ''],
    ['a message in a fence', '```\nMend the', 'Mend the'],
    ['a fence that closes', '```\nMend the sum\n``', 'Mend the sum'],
  ])('shows nothing that goes again while it comes: %s', (_, reply, expected) => {
    expect(commitMessageIn(reply)).toBe(expected);
  });
});

describe('what is asked for a commit message', () => {
  const textOf = (task: Parameters<typeof commitRequest>[0]): string => JSON.stringify(commitRequest(task).messages);

  it('has the change, the style, the branch and what was typed', () => {
    const files = [{ path: 'b.ts', from: 'a.ts', change: 'renamed' as const, hunks: '@@\n+one' }];
    const text = textOf({ subjects: ['feat: one'], branch: 'two', hint: 'three', change: { files } });
    for (const part of ['feat: one', 'Branch: two', 'three', 'a.ts → b.ts (renamed)', '+one'])
      expect(text).toContain(part);
  });

  it('has the summaries of a long one in its place, and no empty words', () => {
    const text = textOf({ subjects: [], hint: ' ', change: { summaries: ['Mends a.', 'Mends b.'] } });
    expect(text).toContain('Mends a.');
    expect(text).not.toMatch(/Earlier messages|Branch|typed/);
  });
});
