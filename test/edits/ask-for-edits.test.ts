import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/edits/apply-edits.ts';
import type { Hunk } from '../../src/edits/edit.ts';
import { askForEdits } from '../../src/host/edits/ask-for-edits.ts';
import type { StreamEvent } from '../../src/llm/stream-event.ts';
import { says } from '../support/scripted-stream.ts';

const text = 'function add(a, b) {\n  return a - b;\n}\n\nfunction twice(a) {\n  return a + a + a;\n}\n';
const both = text.replace('a - b', 'a + b').replace('a + a + a', '2 * a');
const selection = { start: 1, end: 2 };

/** A model that says this, cut into pieces of some letters. */
const saying = (reply: string, size = 7) => ({
  async *stream(): AsyncIterable<StreamEvent> {
    for (let at = 0; at < reply.length; at += size) yield { type: 'text', text: reply.slice(at, at + size) };
    yield says(reply);
  },
});

/** What the hunks make of the text in the order in which they were told. */
async function asked(reply: string, over: object = {}) {
  const told: Hunk[] = [];
  const task = { path: 'sums.js', languageId: 'javascript', text, selection, instruction: 'Mend', ...over };
  const answered = await askForEdits(
    saying(reply),
    { task, file: 'file:///sums.js' },
    new AbortController().signal,
    async (hunk) => {
      told.push(hunk);
    },
  );
  const made = applyEdits([{ kind: 'change', path: 'sums.js', hunks: told }], () => text);
  const after = 'error' in made ? made.error.code : made.files[0]?.after;
  return { after, told, problem: 'problem' in answered ? answered.problem : undefined };
}

describe('the changes of a reply, told as they come', () => {
  const block = (search: string, replace: string): string =>
    `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`;
  const check = (name: string, reply: string, expected = both): void =>
    it(name, async () => expect(await asked(reply)).toMatchObject({ after: expected, problem: undefined }));

  check(
    'blocks, the last of them without a line end',
    `${block('  return a - b;', '  return a + b;')}\n\n${block('  return a + a + a;', '  return 2 * a;')}`,
  );
  check(
    'a unified diff, whose last hunk nothing ends',
    '--- a/sums.js\n+++ b/sums.js\n@@ -1,3 +1,3 @@\n function add(a, b) {\n-  return a - b;\n+  return a + b;\n }\n@@ -5,3 +5,3 @@\n function twice(a) {\n-  return a + a + a;\n+  return 2 * a;\n }\n',
  );
  check(
    'a patch in two parts without a last line end',
    '*** Begin Patch\n*** Update File: sums.js\n@@\n-  return a - b;\n+  return a + b;\n*** Update File: sums.js\n@@\n-  return a + a + a;\n+  return 2 * a;\n*** End Patch',
  );
  check('a code block in place of the selection', '```js\n  return b + a;\n```', text.replace('a - b', 'b + a'));

  const unclear = (name: string, reply: string, over?: object): void =>
    it(`nothing of ${name}`, async () => {
      const { told, problem } = await asked(reply, over);
      expect(told).toEqual([]);
      expect(problem).toContain('no edit');
    });
  unclear('several code blocks', '```js\n  return b + a;\n```\nRun it:\n```sh\nnode sums.js\n```\n');
  unclear('a code block that leaves lines out', '```js\n// ... existing code ...\nreturn b + a;\n```\n');
  unclear('a code block of which nobody knows the place', '```js\nreturn c;\n```\n', {
    selection: { ...selection, isCursor: true },
  });
  unclear('a file that is to go', '*** Begin Patch\n*** Delete File: sums.js\n*** End Patch\n');
});
