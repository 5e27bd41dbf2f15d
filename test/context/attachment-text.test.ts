import { describe, expect, it } from 'vitest';
import { type Attachment, type Block, type Cut, filesOf } from '../../src/context/attachment.ts';
import { withAttachments } from '../../src/context/attachment-text.ts';
import { textOf } from '../../src/llm/message.ts';

function attached(blocks: readonly Block[], changes: Partial<Attachment> = {}): Attachment {
  return { id: 'a', kind: 'file', label: 'a', blocks, files: [], tokens: 1, ...changes };
}

const code = (text: string, lines?: { first: number; last: number }): Block => ({
  ...{ type: 'text', title: 'src/cart.ts', languageId: 'typescript', text },
  ...(lines && { lines }),
});
const picture: Block = { type: 'image', title: 'plan.png', mediaType: 'image/png', base64: 'AAAA' };
const written = [{ type: 'text', text: 'What is wrong?' }] as const;

/** What the model reads, pictures as their media type. */
const read = (...attachments: readonly Attachment[]): string =>
  withAttachments(attachments, written)
    .map((part) => (part.type === 'text' ? part.text : `[${part.mediaType}]`))
    .join('|');

describe('what a model reads of attachments', () => {
  it.each<[string, readonly Attachment[], string]>([
    ['nothing', [], 'What is wrong?'],
    [
      'a file',
      [attached([code('a\n')])],
      'Attached to this message:\n\n### src/cart.ts\n\n```typescript\na\n```\n\n---\n\nWhat is wrong?',
    ],
    [
      'lines of it',
      [attached([code('a\nb', { first: 3, last: 4 })])],
      'Attached to this message:\n\n### src/cart.ts, lines 3-4\n\n```typescript\na\nb\n```\n\n---\n\nWhat is wrong?',
    ],
    [
      'one line that holds a fence',
      [attached([code('````', { first: 3, last: 3 })])],
      'Attached to this message:\n\n### src/cart.ts, line 3\n\n`````typescript\n````\n`````\n\n---\n\nWhat is wrong?',
    ],
    ['a picture', [attached([picture])], 'Attached to this message:\n\n### plan.png|[image/png]|---\n\nWhat is wrong?'],
  ])('%s', (_what, attachments, expected) => {
    expect(read(...attachments)).toBe(expected);
  });

  it.each<[Cut, string]>([
    [{ unit: 'lines', kept: 400, of: 1200 }, '(Not all of it: 400 of 1200 lines are shown.)'],
    [{ unit: 'files', kept: 2, of: 9 }, '(Not all of it: 2 of 9 files are shown.)'],
  ])('says what is missing: %j', (cut, expected) => {
    expect(read(attached([code('a')], { cut }))).toContain(expected);
  });

  it('says the same bytes each time, whatever else is known of them', () => {
    const stored: Attachment = JSON.parse(JSON.stringify(attached([code('a'), picture])));
    expect(read({ ...stored, id: 'b', label: 'other', tokens: 7 })).toBe(read(attached([code('a'), picture])));
  });

  it('keeps apart what was written and what was attached', () => {
    const text = textOf({ role: 'user', content: withAttachments([attached([code('a')])], written) });
    expect(text.endsWith('\n\n---\n\nWhat is wrong?')).toBe(true);
  });
});

it('names every file once', () => {
  const files = [attached([], { files: ['file:///a', 'file:///b'] }), attached([], { files: ['file:///a'] })];
  expect(filesOf(files)).toEqual(['file:///a', 'file:///b']);
});
