import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { pack } from '../../scripts/bench/pack.ts';
import { vsixFile } from '../../scripts/setup/paths.ts';
import { completionWindow, fimProvider } from '../support/completion-window.ts';
import { completing } from '../support/fake-vendor.ts';
import { type SeenRequest, sseData } from '../support/http-server.ts';
import {
  editorText,
  focusEditor,
  ghostText,
  goToEndOfLine,
  saveFile,
  seeGhostText,
  waitForEditorText,
  waitForGhostText,
  waitForNoGhostText,
} from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';
import { notifications, waitForNotification, waitForStatusBarItem } from '../support/workbench-parts.ts';

const crlf = 'function pick(a) {\r\n\tif (a) {\r\n\t\t\r\n\t}\r\n}\r\n';
const python = 'def total(items):\n    \n\nprint(total([1]))\n';
const notebook = {
  cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['rows = [1, 2, 3]'] }],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};
/** Enough for git to take the folder for a repository. */
const repository = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[core]\n\trepositoryformatversion = 0\n',
  '.git/objects/.keep': '',
  '.git/refs/.keep': '',
};

describe('ghost text in the places and ways people type', () => {
  const on = completionWindow(async (vendor) => ({
    extensions: [vsixFile, await pack(join(import.meta.dirname, 'places'), 'places')],
    files: {
      ...repository,
      'crlf.js': crlf,
      'total.py': python,
      'cells.ipynb': JSON.stringify(notebook),
      'call.js': 'const a = 1, b = 2;\n\n',
      'word.js': 'const alpha = 1;\n\n',
      'conflict.ts': 'export function computeTotal(a: number) {\n  return a;\n}\n\n',
      'several.js': 'one\ntwo\n',
      'diff.js': 'const left = 1;\n\n',
      'errors.js': '\n\n',
      'manual.lua': 'local a = 1\n\n',
      'off.rb': 'a = 1\n\n',
      'fast.js': '\n\n',
    },
    settings: {
      'editor.inlineSuggest.minShowDelay': 0,
      '[typescript]': { 'editor.quickSuggestions': { other: 'on' } },
      '[lua]': { 'tutti.completion.trigger': 'manual' },
      'tutti.providers': {
        fim: fimProvider(vendor),
        dead: { ...fimProvider(vendor), baseUrl: 'http://127.0.0.1:9/v1' },
      },
      // The request for what comes next has a test of its own, as have Tab and Escape.
      'tutti.completion.ahead': 'never',
      'tutti.completion.tabInIndentation': 'accept',
      'tutti.completion.delayMs': 0,
      'tutti.completion.enabled': { '*': true, ruby: false },
    },
    keybindings: [
      { key: 'escape', command: 'editor.action.inlineSuggest.hide', when: 'inlineSuggestionVisible' },
      { key: 'ctrl+alt+1', command: 'tutti.switchModel', args: { role: 'completion', model: 'fim/fim' } },
      { key: 'ctrl+alt+2', command: 'tutti.switchModel', args: { role: 'completion', model: 'dead/fim' } },
      { key: 'ctrl+alt+3', command: 'workbench.view.scm' },
      { key: 'ctrl+alt+4', command: 'editor.action.insertCursorBelow' },
      { key: 'ctrl+alt+5', command: 'places.open', args: 'memfs:/notes/written.js' },
      { key: 'ctrl+alt+6', command: 'places.open', args: 'sftp:/server/read.js' },
      { key: 'ctrl+alt+7', command: 'places.open', args: 'vault:/deep/strange.js' },
      { key: 'ctrl+alt+8', command: 'places.open', args: 'git' },
    ],
  }));
  const { press, type, asked, settle, openAt, onDisk, why } = on;

  /** Ghost text outside of the editors of files. */
  async function ghostAnywhere(): Promise<string> {
    const texts = await on.tutti.workbench.page.locator('[class*="ghost-text-decoration"]:visible').allTextContents();
    return texts.join('').replaceAll('\u00a0', ' ');
  }

  it('keeps CRLF and tabs, over several lines, by Tab', async () => {
    on.vendor.always = completing('return [\n\t\t\ta,\n\t\t];');
    await openAt('crlf.js', 3);
    await type('re');
    await expect.poll(() => ghostText(on.tutti.workbench), { timeout: 10_000 }).toContain('turn [');
    await press('Tab');
    await waitForNoGhostText(on.tutti.workbench);
    await saveFile(on.tutti.workbench);
    expect(await onDisk('crlf.js')).toBe(
      'function pick(a) {\r\n\tif (a) {\r\n\t\treturn [\r\n\t\t\ta,\r\n\t\t];\r\n\t}\r\n}\r\n',
    );
    expect(on.vendor.bodies().at(-1)?.['prompt']).not.toContain('\r');
  });

  it('comes in a Python file, and one undo takes the whole of it back', async () => {
    on.vendor.always = completing('return sum(\n        items\n    )');
    await openAt('total.py', 2);
    await type('re');
    await waitForGhostText(on.tutti.workbench);
    await press('Tab');
    await waitForEditorText(
      on.tutti.workbench,
      'def total(items):\n    return sum(\n        items\n    )\n\nprint(total([1]))\n',
    );
    await press('Control+Z');
    await waitForEditorText(on.tutti.workbench, 'def total(items):\n    re\n\nprint(total([1]))\n');
    await press('Escape');
  });

  it('comes in a file without a name', async () => {
    await runCommand(on.tutti.workbench, 'File: New Untitled Text File');
    await on.tutti.workbench.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    await focusEditor(on.tutti.workbench);
    on.vendor.always = completing('hello world');
    await type('hel');
    await seeGhostText(on.tutti.workbench, 'lo world');
    await press('Tab');
    await waitForEditorText(on.tutti.workbench, 'hello world');
  });

  it('comes in a cell of a notebook, from the cell’s text', async () => {
    const { page } = on.tutti.workbench;
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input').first().fill('cells.ipynb');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'cells.ipynb' }).first().waitFor();
    await page.keyboard.press('Enter');
    const cell = page.locator('.notebook-editor .cell-editor-container .view-line').first();
    await cell.waitFor();
    await cell.click();
    await press('End');
    await press('Enter');
    on.vendor.always = completing('sum(rows)');
    await type('su');
    await expect.poll(ghostAnywhere, { timeout: 10_000 }).toBe('m(rows)');
    expect(on.vendor.bodies().at(-1)?.['prompt']).toMatch(/rows = \[1, 2, 3\]\nsu?$/);
    await press('Tab');
    await expect.poll(ghostAnywhere).toBe('');
  });

  it('doubles no bracket that the editor closed by itself', async () => {
    on.vendor.always = completing('foo(a, b);');
    await openAt('call.js', 2);
    await type('foo(', 150);
    await waitForGhostText(on.tutti.workbench);
    await press('Tab');
    await waitForEditorText(on.tutti.workbench, 'const a = 1, b = 2;\nfoo(a, b);\n');
  });

  it('is taken word by word, the rest stays without a request, and Escape hides it', async () => {
    on.vendor.always = completing('const total = alpha + beta;');
    await openAt('word.js', 2);
    await type('const total =');
    await seeGhostText(on.tutti.workbench, ' alpha + beta;');
    const before = asked();
    // The editor counts the blank as a word of its own.
    await press('Control+ArrowRight');
    await expect.poll(() => ghostText(on.tutti.workbench)).toBe('alpha + beta;');
    await press('Control+ArrowRight');
    await waitForEditorText(on.tutti.workbench, 'const alpha = 1;\nconst total = alpha\n');
    await expect.poll(() => ghostText(on.tutti.workbench)).toBe(' + beta;');
    await settle();
    expect(await ghostText(on.tutti.workbench)).toBe(' + beta;');
    expect(asked()).toBe(before);
    await press('Escape');
    await waitForNoGhostText(on.tutti.workbench);
    await settle();
    expect(await ghostText(on.tutti.workbench)).toBeUndefined();
    expect(asked()).toBe(before);
  });

  it('leaves the suggest widget alone', async () => {
    const widget = on.tutti.workbench.page.locator('.suggest-widget.visible .monaco-list-row').first();
    for (let key = 0; key < 8; key++) on.vendor.answers.push({ say: ['elephant();'] });
    await openAt('conflict.ts', 4);
    await type('comp', 100);
    await widget.waitFor({ timeout: 20_000 });
    await settle();
    expect(await ghostText(on.tutti.workbench)).toBeUndefined();
    expect(await widget.isVisible()).toBe(true);
    await press('Tab');
    await expect.poll(() => editorText(on.tutti.workbench)).toMatch(/^computeTotal$/m);
    await press('Escape');
  });

  it('does not come for several cursors', async () => {
    await openAt('several.js', 1);
    await press('Control+Alt+4');
    const before = asked();
    await type('();');
    await settle();
    await waitForEditorText(on.tutti.workbench, 'one();\ntwo();\n');
    expect(await ghostText(on.tutti.workbench)).toBeUndefined();
    expect(asked()).toBe(before);
    await why('several cursors');
  });

  it('comes in the diff editor', async () => {
    await openAt('diff.js', 2);
    await type('// x');
    await settle();
    await press('Escape');
    await runCommand(on.tutti.workbench, 'File: Compare Active File with Saved');
    const right = on.tutti.workbench.page.locator('.monaco-diff-editor .editor.modified .view-line').last();
    await right.waitFor();
    await right.click();
    await press('Control+End');
    on.vendor.always = completing('const right = 2;');
    await type('con');
    await expect.poll(ghostAnywhere, { timeout: 10_000 }).toContain('st right = 2;');
    await press('Escape');
  });

  it('does not come for the message of a commit until the user turns it on, and says so', async () => {
    await press('Control+Alt+3');
    await on.tutti.workbench.page.locator('.scm-editor .monaco-editor').first().click({ timeout: 20_000 });
    const before = asked();
    await type('Fix');
    await settle();
    expect(asked()).toBe(before);
    await why('off for scminput');
  });

  /** Opens what a key stands for, and puts the cursor at the end of its second line. */
  async function openPlace(key: string, tab: string): Promise<void> {
    await press(key);
    await on.tutti.workbench.page.locator('.tab.active', { hasText: tab }).waitFor();
    await goToEndOfLine(on.tutti.workbench, 2);
  }

  it('comes in a file of a file system that an extension brings', async () => {
    on.vendor.always = completing('return 42;');
    await openPlace('Control+Alt+5', 'written.js');
    await type('re');
    await expect.poll(() => ghostText(on.tutti.workbench), { timeout: 10_000 }).toBe('turn 42;');
    await press('Tab');
    await waitForEditorText(on.tutti.workbench, 'function f() {\n  return 42;\n}\n');
    await saveFile(on.tutti.workbench);
  });

  it.each([
    ['a file system that cannot be written to', 'Control+Alt+6', 'read.js', 'cannot be written to'],
    ['a file system of which Tutti knows nothing', 'Control+Alt+7', 'strange.js', 'not in “vault” documents'],
    ['what git has of a file', 'Control+Alt+8', 'word.js', 'not in “git” documents'],
  ])('does not come in %s, and says so', async (_place, key, tab, because) => {
    commitAll(on.tutti.folder);
    await openPlace(key, tab);
    const before = asked();
    await type('let');
    await press('Alt+Backslash');
    await settle();
    expect(await ghostText(on.tutti.workbench)).toBeUndefined();
    expect(asked()).toBe(before);
    await why(because);
  });

  it('does not come in the output of a program, and says so', async () => {
    await runCommand(on.tutti.workbench, 'Tutti: Show Log');
    const output = on.tutti.workbench.page.locator('.output-view-pane, .panel .output-view').first();
    await output.waitFor();
    await output.locator('.monaco-editor .view-lines').first().click();
    const before = asked();
    await press('Alt+Backslash');
    await settle();
    expect(asked()).toBe(before);
    await why('not in “output” documents');
  });

  it('comes only when asked for where the setting says so', async () => {
    await openAt('manual.lua', 2);
    const before = asked();
    await type('loc');
    await settle();
    expect(asked()).toBe(before);
    await why('only when asked for');
    await goToEndOfLine(on.tutti.workbench, 2);
    on.vendor.always = completing('local b = 2');
    await press('Alt+Backslash');
    expect(await waitForGhostText(on.tutti.workbench)).toBe('al b = 2');
    await press('Escape');
  });

  it('does not come for a language it is off for, and says so', async () => {
    await openAt('off.rb', 2);
    const before = asked();
    await type('b = ');
    await settle();
    expect(asked()).toBe(before);
    await why('off for ruby');
  });

  it.each([0, 150])('asks calmly while one types fast, %i ms to the first token', async (firstTokenMs) => {
    const { page } = on.tutti.workbench;
    await openAt('fast.js', firstTokenMs === 0 ? 1 : 2);
    const typed = Promise.withResolvers<void>();
    for (let key = 0; key < 90; key++) {
      on.vendor.answers.push({
        raw: async (response) => {
          const closed = once(response, 'close');
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          await pause(firstTokenMs);
          const write = (text: string, reason: string | null = null): unknown =>
            response.destroyed || response.write(sseData({ choices: [{ index: 0, text, finish_reason: reason }] }));
          write(` /* ${'much more text, '.repeat(2)}`);
          // The rest comes only to whom wants it still when nothing is typed any more.
          await Promise.race([closed, typed.promise]);
          write(`${'much more text, '.repeat(2)} */`);
          write('', 'stop');
          if (!response.destroyed) response.end(sseData('[DONE]'));
        },
      });
    }
    await page.evaluate(watchGhostText);
    const first = on.vendor.seen.length;
    await type('const answers = values.filter(each).map(other).reduce(sum, 0', 80);
    await page.waitForTimeout(1000);
    typed.resolve();
    const asks = (): readonly SeenRequest[] => on.vendor.seen.slice(first).filter(({ method }) => method === 'POST');
    const isOver = ({ abortedAt, finishedAt }: SeenRequest): boolean => (abortedAt ?? finishedAt) !== undefined;
    await expect.poll(() => asks().every(isOver), { timeout: 10_000 }).toBe(true);
    const requests = asks();
    const aborted = requests.filter(({ abortedAt }) => abortedAt !== undefined);
    const latencies = await page.evaluate<number[]>('globalThis.keyToGhost');
    const sorted = latencies.toSorted((one, other) => one - other);
    const share = (part: number): string => sorted[Math.floor((sorted.length - 1) * part)]?.toFixed(0) ?? '-';
    console.log(
      `fast typing, ${firstTokenMs} ms to first token: ${requests.length} requests, ${aborted.length} aborted, ` +
        `ghost text ${sorted.length} times, key→ghost p50 ${share(0.5)} ms, p95 ${share(0.95)} ms`,
    );
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.length).toBeLessThanOrEqual(60);
    expect(mostAtOnce(requests)).toBe(1);
    // Every answer was contradicted by a key while it was still on its way, but for the last: the server has to learn of that.
    expect(aborted).toEqual(requests.slice(0, -1));
    expect(aborted.length).toBeGreaterThan(0);
    await press('Escape');
  });

  describe('when the model fails', () => {
    /** Types ten keys; tells what was on the screen. */
    async function typeAndLook(text: string): Promise<readonly string[]> {
      await runCommand(on.tutti.workbench, 'Notifications: Clear All Notifications');
      await openAt('errors.js', 1);
      await type(text, 120);
      await settle();
      return notifications(on.tutti.workbench);
    }

    it('says in the status bar that a key is wrong, opens nothing, and names the next step', async () => {
      const refuse = {
        raw: (response: ServerResponse) => {
          response.writeHead(401, { 'content-type': 'application/json' });
          response.end('{"error":{"message":"Incorrect API key provided"}}');
        },
      };
      for (let key = 0; key < 12; key++) on.vendor.answers.push(refuse);
      const before = asked();
      expect(await typeAndLook('qwertyuiop')).toEqual([]);
      expect(asked() - before).toBeLessThanOrEqual(3);
      await waitForStatusBarItem(on.tutti.workbench, 'Tutti completion model: fim, error');
      await runCommand(on.tutti.workbench, 'Tutti: Why No Suggestion?');
      await waitForNotification(on.tutti.workbench, 'Add the provider again with a valid key.');
    });

    it('says so when nobody answers at the address', async () => {
      await press('Control+Alt+2');
      expect(await typeAndLook('asdfghjkl')).toEqual([]);
      await waitForStatusBarItem(on.tutti.workbench, 'Tutti completion model: fim, error');
      await runCommand(on.tutti.workbench, 'Tutti: Why No Suggestion?');
      await waitForNotification(on.tutti.workbench, 'Start the server, or correct the base URL of the provider.');
    });

    it('says so when the model hangs', async () => {
      await press('Control+Alt+1');
      await pause(1000);
      for (let key = 0; key < 12; key++) on.vendor.answers.push({ raw: () => new Promise(() => undefined) });
      expect(await typeAndLook('zxcvb')).toEqual([]);
      await pause(1500);
      await runCommand(on.tutti.workbench, 'Tutti: Why No Suggestion?');
      await waitForNotification(on.tutti.workbench, 'fim/fim had sent nothing after');
    });
  });
});

/** Git shows documents of its own only for what was committed. */
function commitAll(folder: string): void {
  const git = (...words: string[]): unknown => execFileSync('git', words, { cwd: folder, stdio: 'ignore' });
  git('add', '.');
  git('-c', 'user.name=Tutti', '-c', 'user.email=tutti@example.com', 'commit', '--allow-empty', '-m', 'All');
}

/** Run in the window: from the last key to the next ghost text on the screen. */
const watchGhostText = `{
  const seen = (globalThis.keyToGhost = []);
  let key;
  document.addEventListener('keydown', () => (key = performance.now()), true);
  new MutationObserver((changes) => {
    if (key === undefined) return;
    const holds = ({ target }) => (target.querySelector ? target : target.parentElement)?.querySelector('.ghost-text-decoration');
    if (!changes.some(holds)) return;
    seen.push(performance.now() - key);
    key = undefined;
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}`;

/** How many requests were open at the same time at most, as the server saw them. */
function mostAtOnce(requests: readonly SeenRequest[]): number {
  const open = (at: number): number =>
    requests.filter((other) => other.startedAt <= at && at < (other.abortedAt ?? other.finishedAt ?? Infinity)).length;
  return Math.max(0, ...requests.map(({ startedAt }) => open(startedAt)));
}
