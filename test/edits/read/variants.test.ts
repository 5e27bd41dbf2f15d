import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/edits/apply-edits.ts';
import { readEdits } from '../../../src/edits/read/edit-reader.ts';

const file = 'function f() {\n  return 1;\n}\n\nfunction g() {\n  return 2;\n}\n';
const mended = file.replace('return 1', 'return 10');

const block = (open: string, divider: string, close: string, old = '  return 1;', fresh = '  return 10;'): string =>
  `${open}\n${old}\n${divider}\n${fresh}\n${close}\n`;
const usual = block('<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE');
const indented = (text: string): string => text.replace(/^(?=.)/gm, '   ');
const hunk = ' function f() {\n-  return 1;\n+  return 10;\n }\n';
const patched = '@@\n-  return 1;\n+  return 10;\n';
const pair = { old_string: 'return 1', new_string: 'return 10' };

const applied = (reply: string): unknown => {
  const read = readEdits(reply);
  if ('error' in read) return read.error.code;
  const result = applyEdits(
    read.edits.map((edit) => ({ ...edit, path: 'a.js' })),
    () => file,
  );
  return 'error' in result ? result.error.code : result.files[0]?.after;
};

/** What models make of the formats they were taught. */
const understood: Readonly<Record<string, string>> = {
  'five signs': block('<<<<< SEARCH', '=====', '>>>>> REPLACE'),
  'six signs': block('<<<<<< SEARCH', '======', '>>>>>> REPLACE'),
  'nine signs': block('<<<<<<<<< SEARCH', '=========', '>>>>>>>>> REPLACE'),
  'small letters': block('<<<<<<< search', '=======', '>>>>>>> replace'),
  'original and updated': block('<<<<<<< ORIGINAL', '=======', '>>>>>>> UPDATED'),
  'five dashes': block('----- SEARCH', '=====', '+++++ REPLACE'),
  'blanks behind the marks': block('<<<<<<< SEARCH ', '======= ', '>>>>>>> REPLACE '),
  'carriage returns': usual.replaceAll('\n', '\r\n'),
  'no final line end': usual.trimEnd(),
  'a byte order mark': `\u{FEFF}${usual}`,
  'an indented block': indented(usual),
  'a block in a list': `1. First:\n\n   \`\`\`js\n${indented(usual)}   \`\`\`\n`,
  'a fence of four': `\`\`\`\`js\n${usual}\`\`\`\`\n`,
  'a fence of tildes': `~~~\n${usual}~~~\n`,
  tabs: block('<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE', '\treturn 1;', '\treturn 10;'),
  'hard blanks': usual.replaceAll('  return', '\u{A0}\u{A0}return'),
  'a diff with wrong numbers': `--- a/a.js\n+++ b/a.js\n@@ -77,9 +99,1 @@ function x\n${hunk}`,
  'a diff without numbers': `--- a/a.js\n+++ b/a.js\n@@\n${hunk}`,
  'a diff with dots for numbers': `--- a/a.js\n+++ b/a.js\n@@ ... @@\n${hunk}`,
  'a diff without names': `\`\`\`diff\n@@ -1,3 +1,3 @@\n${hunk}\`\`\`\n`,
  'a diff without any header': `\`\`\`diff\n${hunk}\`\`\`\n`,
  'a diff with times': `--- a.js\t2024-01-01 10:00:00\n+++ a.js\t2024-01-02 10:00:00\n@@ -1,3 +1,3 @@\n${hunk}`,
  'a diff of quoted names': `--- "a/a.js"\n+++ "b/a.js"\n@@ -1,3 +1,3 @@\n${hunk}`,
  'a diff of git': `diff --git a/a.js b/a.js\nindex 1..2 100644\n--- a/a.js\n+++ b/a.js\n@@ -1,3 +1,3 @@\n${hunk}`,
  'a diff with carriage returns': `--- a/a.js\n+++ b/a.js\n@@ -1,3 +1,3 @@\n${hunk}`.replaceAll('\n', '\r\n'),
  'a diff that lost its blanks': `--- a/a.js\n+++ b/a.js\n@@ -1,3 +1,3 @@\n${hunk.replace(/^ /gm, '')}`,
  'a diff of a file without a final line end': `--- a/a.js\n+++ b/a.js\n@@ -1,3 +1,3 @@\n${hunk}\\ No newline at end of file\n`,
  'prose after a diff': `--- a/a.js\n+++ b/a.js\n@@ -1,3 +1,3 @@\n${hunk}\nThat mends it.\n`,
  'a patch': `*** Begin Patch\n*** Update File: a.js\n${patched}*** End Patch`,
  'a patch without @@': `*** Begin Patch\n*** Update File: a.js\n${hunk}*** End Patch\n`,
  'a patch in a fence': `\`\`\`patch\n*** Begin Patch\n*** Update File: a.js\n${patched}*** End Patch\n\`\`\`\n`,
  'a patch of a shell': `apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: a.js\n${patched}*** End Patch\nEOF\n`,
  'a patch of a quoted name': `*** Begin Patch\n*** Update File: \`a.js\`\n${patched}*** End Patch\n`,
  'a patch with a diff’s numbers': `*** Begin Patch\n*** Update File: a.js\n@@ -1,3 +1,3 @@\n${hunk}*** End Patch\n`,
  'a patch with carriage returns': `*** Begin Patch\r\n*** Update File: a.js\r\n${patched.replaceAll('\n', '\r\n')}*** End Patch\r\n`,
  'a pair': JSON.stringify(pair),
  'pairs in a fence': `Here:\n\`\`\`json\n${JSON.stringify({ edits: [pair] }, null, 2)}\n\`\`\`\n`,
  'pairs by another name': JSON.stringify([{ oldText: 'return 1', newText: 'return 10' }]),
};

/** What is told rather than repaired or guessed. */
const refused: Readonly<Record<string, readonly [string, string]>> = {
  'a block without its end': ['truncated', usual.replace('>>>>>>> REPLACE\n', '')],
  'a block with half of its end': ['truncated', usual.replace(' REPLACE\n', '')],
  'a patch without its end': ['truncated', `*** Begin Patch\n*** Update File: a.js\n${patched}`],
  'marks run together': ['malformed', block('<<<<<<<SEARCH', '=======', '>>>>>>>REPLACE')],
  'marks of two families': ['malformed', block('<<<<<<< SEARCH', '=======', '+++++++ REPLACE')],
  'two dividers': ['malformed', usual.replace('=======\n', '=======\n=======\n')],
  'a conflict of git': ['no-edit', block('<<<<<<< HEAD', '=======', '>>>>>>> main')],
  'dots for lines to be found': ['not-found', usual.replace('  return 1;', 'function f() {\n...\n}')],
  'a comment for lines that would be lost': [
    'malformed',
    block(
      '<<<<<<< SEARCH',
      '=======',
      '>>>>>>> REPLACE',
      file.trimEnd(),
      'function f() {\n  return 10;\n}\n\n// ... rest of the code ...',
    ),
  ],
  'a whole file with a comment for lines': [
    'malformed',
    '```js a.js\nfunction f() {\n  return 10;\n}\n# … existing code …\n```\n',
  ],
  'text that stands twice': ['ambiguous', block('<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE', '}', '};')],
  'a diff of lines that stand twice': ['ambiguous', '--- a/a.js\n+++ b/a.js\n@@ @@\n+// x\n }\n'],
};

describe('replies of models', () => {
  it.each(Object.entries(understood))('%s is understood', (_, reply) => expect(applied(reply)).toBe(mended));
  it.each(Object.entries(refused))('%s is refused', (_, [code, reply]) => expect(applied(reply)).toBe(code));

  it('comments that stand in the file already, or take nobody’s place, are text', () => {
    const added = block(
      '<<<<<<< SEARCH',
      '=======',
      '>>>>>>> REPLACE',
      '}\n\nfunction g',
      '}\n\n// ... more code to come ...\nfunction g',
    );
    expect(applied(added)).toBe(file.replace('function g', '// ... more code to come ...\nfunction g'));
  });

  it('lists and settings in code blocks are no diffs', () => {
    for (const text of ['- a\n- b\n', '- name: x\n  run: y\n', '{"search": "x"}\n'])
      expect(readEdits(`\`\`\`\n${text}\`\`\`\n`)).toMatchObject({ edits: [{ kind: 'write', text }] });
  });
});
