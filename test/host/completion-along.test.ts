import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { pack } from '../../scripts/bench/pack.ts';
import { vsixFile } from '../../scripts/setup/paths.ts';
import { completionWindow } from '../support/completion-window.ts';
import { completing, type Said } from '../support/fake-vendor.ts';
import {
  editorText,
  ghostText,
  goToEndOfLine,
  saveFile,
  waitForGhostText,
  waitForNoGhostText,
} from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';

const body = 'function f() {\n  \n}\n';

describe('ghost text goes along with what the editor does', () => {
  const on = completionWindow(async () => ({
    extensions: [vsixFile, await pack(join(import.meta.dirname, 'second'), 'second')],
    files: {
      'pieces.js': body,
      'words.txt': '\n',
      'words-other.txt': '\n',
      'rest.js': 'const a = 1;\nfunction add()\n',
      'undo.js': body,
      'crlf.js': 'function pick(a) {\r\n\tif (a) {\r\n\t\t\r\n\t}\r\n}\r\n',
      'pairs.js': body,
      'sides.js': `${'const far = 1;\n'.repeat(3)}\n`,
      'rival.js': '\n',
      'rival-grow.js': '\n',
      'grow.js': body,
      'prompt.js': `${'const value = 1; // one of several\n'.repeat(39)}\n`,
    },
    settings: {
      'editor.autoIndent': 'full',
      'editor.wordBasedSuggestions': 'off',
      'editor.suggestOnTriggerCharacters': false,
      'editor.parameterHints.enabled': false,
      'editor.suggestSelection': 'first',
      '[plaintext]': { 'editor.quickSuggestions': { other: 'on', comments: 'on', strings: 'on' } },
      'tutti.completion.delayMs': 0,
      'tutti.completion.ahead': 'never',
    },
    keybindings: [
      { key: 'ctrl+alt+l', command: 'editor.action.inlineSuggest.acceptNextLine' },
      { key: 'ctrl+alt+s', command: 'workbench.action.splitEditorRight' },
    ],
  }));
  const { press, type, asked, shows, reads, settle, openAt, onDisk } = on;

  it('accepted by word and by line, its rest stays without another request', async () => {
    on.vendor.always = completing('sum = first + second(\n    last(),\n  );');
    await openAt('pieces.js', 2);
    await type('su');
    await shows('m = first + second(\n    last(),\n  );');
    const before = asked();
    await press('Control+ArrowRight');
    await expect.poll(() => editorText(on.tutti.workbench)).toMatch(/^ {2}sum/m);
    await expect.poll(() => ghostText(on.tutti.workbench)).toMatch(/^ ?= first \+ second\(\n {4}last\(\),\n {2}\);$/);
    await press('Control+ArrowRight');
    await press('Control+Alt+L');
    await expect.poll(() => editorText(on.tutti.workbench)).toMatch(/^ {2}sum = first \+ second\($/m);
    await expect.poll(() => ghostText(on.tutti.workbench)).toMatch(/last\(\),\n {2}\);$/);
    // Ghost text that begins with a line's indentation is indented by Tab, as VS Code has it; that is typing along, too.
    await press('Tab');
    await shows('last(),\n  );');
    await settle();
    expect(asked()).toBe(before);
    await press('Tab');
    await reads('function f() {\n  sum = first + second(\n    last(),\n  );\n}\n');
  });

  it('goes on from the item of the suggest widget, and yields to another one', async () => {
    on.vendor.always = completing('console.log(1);');
    const { page } = on.tutti.workbench;
    const widget = page.locator('.suggest-widget.visible');
    await openAt('words.txt', 1);
    await type('con', 100);
    await widget.waitFor();
    await expect.poll(() => widget.locator('.monaco-list-row.focused').textContent()).toContain('console');
    await shows('sole.log(1);');
    await press('ArrowDown');
    await expect.poll(() => widget.locator('.monaco-list-row.focused').textContent()).toContain('constant');
    await waitForNoGhostText(on.tutti.workbench);
    await press('ArrowUp');
    await shows('sole.log(1);');
    const before = asked();
    await press('Enter');
    await reads('console\n');
    await shows('.log(1);');
    await type('.l', 100);
    await shows('og(1);');
    expect(asked()).toBe(before);
    await press('Tab');
    await reads('console.log(1);\n');
  });

  it('goes on with the typing that sends the suggest widget’s other item away', async () => {
    // Were the ghost text there first, the editor itself would choose the item that it goes on from.
    const chosen = Promise.withResolvers<void>();
    on.vendor.always = (body) => [chosen.promise, ...completing('constant(2);')(body)];
    await openAt('words-other.txt', 1);
    await type('con', 100);
    await on.tutti.workbench.page.locator('.suggest-widget.visible').waitFor();
    const focused = on.tutti.workbench.page.locator('.suggest-widget.visible .monaco-list-row.focused');
    await expect.poll(() => focused.textContent()).toContain('console');
    chosen.resolve();
    await settle();
    expect(await ghostText(on.tutti.workbench)).toBeUndefined();
    await type('st', 100);
    await shows('ant(2);');
    await press('Escape');
    await press('Escape');
  });

  it('replaces the closing bracket it has written itself', async () => {
    on.vendor.always = completing('function add(a, b) {\n  return a + b;\n}');
    await openAt('rest.js', 2);
    await press('ArrowLeft');
    await type('a');
    await waitForGhostText(on.tutti.workbench);
    await press('Tab');
    await reads('const a = 1;\nfunction add(a, b) {\n  return a + b;\n}\n');
  });

  it('is taken back whole by one undo', async () => {
    on.vendor.always = completing('total(\n    more(),\n  );');
    await openAt('undo.js', 2);
    await type('to');
    await shows('tal(\n    more(),\n  );');
    await press('Tab');
    await reads('function f() {\n  total(\n    more(),\n  );\n}\n');
    await press('Control+Z');
    await reads('function f() {\n  to\n}\n');
    await press('Escape');
    await press('Control+Shift+Z');
    await reads('function f() {\n  total(\n    more(),\n  );\n}\n');
  });

  it('keeps line ends of two characters and tabs, to the byte', async () => {
    on.vendor.always = completing('one(\n\t\t\ta,\n\t\t\tb\n\t\t);');
    await openAt('crlf.js', 3);
    await type('on');
    await expect.poll(() => ghostText(on.tutti.workbench)).toMatch(/^e\(\n\s+a,\n\s+b\n\s+\);$/);
    const before = asked();
    await type('e(');
    await press('Enter');
    await expect.poll(() => ghostText(on.tutti.workbench)).toMatch(/^a,\n\s+b/);
    expect(asked()).toBe(before);
    // In the indentation Tab is for a suggestion that has been seen for a moment.
    await settle();
    await press('Tab');
    await expect.poll(() => editorText(on.tutti.workbench)).toMatch(/\bb$/m);
    await saveFile(on.tutti.workbench);
    const saved = await onDisk('crlf.js');
    expect(saved.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(saved).toBe('function pick(a) {\r\n\tif (a) {\r\n\t\tone(\r\n\t\t\ta,\r\n\t\t\tb\r\n\t\t)\r\n\t}\r\n}\r\n');
  });

  it('stays over brackets and quotes that the editor closes', async () => {
    on.vendor.always = completing("call('one').then(two());");
    await openAt('pairs.js', 2);
    await type('ca');
    await shows("ll('one').then(two());");
    const before = asked();
    await type("ll('one'", 120);
    await waitForGhostText(on.tutti.workbench);
    await type(').then(', 120);
    await waitForGhostText(on.tutti.workbench);
    await type('tw', 120);
    await waitForGhostText(on.tutti.workbench);
    expect(asked()).toBe(before);
    await press('Tab');
    await reads("function f() {\n  call('one').then(two());\n}\n");
  });

  it('is undisturbed by a second editor of the same document', async () => {
    on.vendor.always = completing('alpha(beta);');
    await openAt('sides.js', 4);
    await press('Control+Alt+S');
    await on.tutti.workbench.page.locator('.editor-group-container').nth(1).waitFor();
    await goToEndOfLine(on.tutti.workbench, 4);
    await type('al');
    await shows('pha(beta);');
    const before = asked();
    await type('pha', 120);
    await shows('(beta);');
    await settle();
    expect(asked()).toBe(before);
    await press('Tab');
    await reads(`${'const far = 1;\n'.repeat(3)}alpha(beta);\n`);
    await runCommand(on.tutti.workbench, 'Tutti: Why No Suggestion?');
    await runCommand(on.tutti.workbench, 'View: Close Editor');
  });

  it('grows while one types, not only when asked for by key', async () => {
    const [second, last] = [1, 2].map(() => Promise.withResolvers<void>());
    const pieces: readonly Said[] = [
      ...['tal(\n    one,\n    tw', second?.promise ?? '', 'o,\n    thr'],
      ...[last?.promise ?? '', 'ee,\n  );'],
    ];
    on.vendor.always = ({ prompt }) => (/ {2}to$/.test(String(prompt)) ? pieces : []);
    await openAt('grow.js', 2);
    await type('to');
    await shows('tal(\n    one,');
    const before = asked();
    await type('ta', 100);
    await shows('l(\n    one,');
    second?.resolve();
    await shows('l(\n    one,\n    two,');
    last?.resolve();
    await shows('l(\n    one,\n    two,\n    three,\n  );');
    expect(asked()).toBe(before);
    await press('Tab');
    await reads('function f() {\n  total(\n    one,\n    two,\n    three,\n  );\n}\n');
  });

  it('asks with a prompt that only grows by what was typed, so that its head stays in the server’s memory', async () => {
    on.vendor.always = () => ['zzz();'];
    await openAt('prompt.js', 40);
    await type('c');
    // Related code that comes late is in the prompt after the first pause, once; after these seconds nobody waits for it any more.
    await on.tutti.workbench.page.waitForTimeout(4500);
    const before = asked();
    await type('o');
    await expect.poll(asked).toBeGreaterThan(before);
    await type('nst other = abcdef', 90);
    await settle();
    const prompts = on.vendor
      .bodies()
      .slice(before)
      .map(({ prompt }) => String(prompt));
    expect(prompts.length).toBeGreaterThan(2);
    expect(prompts.slice(1).filter((prompt, index) => !prompt.startsWith(prompts[index] ?? ''))).toEqual([]);
    expect(prompts.at(-1)).toMatch(/const other = abcdef$/);
    await press('Escape');
  });

  describe('beside another extension’s ghost text', () => {
    it('a late answer does not replace it', async () => {
      const late = Promise.withResolvers<void>();
      on.vendor.always = () => [late.promise, 'lue = first();'] as const;
      await openAt('rival.js', 1);
      await type('va');
      await shows('lue = second();');
      late.resolve();
      await settle();
      expect(await ghostText(on.tutti.workbench)).toBe('lue = second();');
      await press('Tab');
      await reads('value = second();\n');
    });

    it('a text that grows does not replace it', async () => {
      const [first, second, last] = [1, 2, 3].map(() => Promise.withResolvers<void>());
      on.vendor.always = () => [
        ...[first?.promise ?? '', 'lue = first(\n  a,\n  '],
        ...[second?.promise ?? '', 'b,\n  ', last?.promise ?? '', 'c);'],
      ];
      await openAt('rival-grow.js', 1);
      await type('va');
      await shows('lue = second();');
      first?.resolve();
      second?.resolve();
      await settle();
      expect(await ghostText(on.tutti.workbench)).toBe('lue = second();');
      last?.resolve();
      await settle();
      expect(await ghostText(on.tutti.workbench)).toBe('lue = second();');
      await press('Escape');
      await waitForNoGhostText(on.tutti.workbench);
      expect(await editorText(on.tutti.workbench)).toBe('va\n');
      await vi.waitFor(() => expect(on.vendor.seen.at(-1)).toBeDefined());
    });
  });
});
