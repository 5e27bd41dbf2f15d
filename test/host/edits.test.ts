import { chmod, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { testResults } from '../../scripts/setup/paths.ts';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, send, type TuttiWindow } from '../support/tutti-window.ts';
import { reload } from '../support/workbench.ts';
import {
  editorText,
  goToEndOfLine,
  openFile,
  saveFile,
  typeText,
  waitForEditorText,
} from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';
import { openChat, waitForStatusBarItem } from '../support/workbench-parts.ts';

const sums = 'function add(a, b) {\n  return a - b;\n}\n\nfunction twice(a) {\n  return a + a + a;\n}\n';
const block = (search: string, replace: string): string =>
  `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\n`;
const first = block('  return a - b;', '  return a + b;');
const second = block('  return a + a + a;', '  return 2 * a;');
const both = sums.replace('a - b', 'a + b').replace('a + a + a', '2 * a');

/** Line ends and letters that an editor could easily spoil. */
const odd = Buffer.from('\u{FEFF}eins\r\nzwei\ndrei\r\nvier');

const twoFiles = `odd.txt\n${block('zwei', 'two')}left.txt\n${block('left', 'right')}`;
const withReadonly = `left.txt\n${block('left', 'wrong')}locked.txt\n${block('locked', 'open')}`;
const withKept = `left.txt\n${block('left', 'wrong')}kept.lock\n${block('kept', 'open')}`;
const withGone = `left.txt\n${block('left', 'wrong')}gone.txt\n${block('gone', 'back')}`;

describe('edits in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['writer']);
    const apply = (key: string, text: string, path?: string) => ({
      key,
      command: 'tutti.applyCode',
      args: { text, ...(path !== undefined && { path }) },
    });
    tutti = await openTutti({
      files: {
        'sums.js': sums,
        'other.js': 'let other;\n',
        'odd.txt': odd.toString('utf8'),
        'left.txt': 'left\n',
        'locked.txt': 'locked\n',
        'gone.txt': 'gone\n',
        'kept.lock': 'kept\n',
        'secret.env': 'KEY=1\n',
      },
      settings: {
        'tutti.providers': {
          own: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { writer: {} } },
        },
        'tutti.roles': { chat: 'own/writer', edit: 'own/writer' },
        'tutti.completion.enabled': { '*': false },
        'files.autoSave': 'off',
        'editor.codeLens': true,
        'files.readonlyInclude': { '*.lock': true },
      },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.inlineEdit', args: { prompt: 'Mend the sums' } },
        apply('ctrl+alt+2', twoFiles),
        apply('ctrl+alt+3', withReadonly),
        apply('ctrl+alt+4', withGone),
        apply('ctrl+alt+5', 'export const fresh = 1;\n', 'made/fresh.js'),
        apply('ctrl+alt+7', withKept),
        apply('ctrl+alt+6', 'function twice(a) {\n  return 2 * a;\n}\n'),
      ],
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model', 60_000);
  });

  afterEach(() => {
    vendor.answers.length = 0;
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const press = (key: string): Promise<void> => tutti.workbench.page.keyboard.press(key);
  const lens = (text: string) => tutti.workbench.page.locator('.codelens-decoration a', { hasText: text });
  const onDisk = (file: string): Promise<Buffer> => readFile(join(tutti.folder, file));
  const told = (words: string) => tutti.workbench.page.locator('.notification-toast', { hasText: words });
  const closeToasts = (): Promise<void> => runCommand(tutti.workbench, 'Notifications: Clear All Notifications');
  const until = <T>(look: () => T) => expect.poll(look, { timeout: 60_000 });
  /** Until VS Code has put by an unsaved text. */
  const backedUp = async (file: string): Promise<void> => {
    const folder = join(tutti.server.userFolder, 'Backups');
    const texts = async (): Promise<readonly string[]> => {
      const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      const files = found.filter((entry) => entry.isFile());
      return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8').catch(() => '')));
    };
    await until(async () => (await texts()).filter((text) => text.split('\n')[0]?.includes(`/${file} `))).not.toEqual(
      [],
    );
  };
  const picture = (name: string) => tutti.workbench.page.screenshot({ path: join(testResults, `edits-${name}.png`) });

  it('come as they are written, while one types elsewhere, and are kept or undone one by one', async () => {
    const pause = Promise.withResolvers<void>();
    vendor.answers.push({ say: ['Here:\n', first, pause.promise, second.slice(0, 30), second.slice(30)] });
    await openFile(tutti.workbench, 'sums.js');
    await goToEndOfLine(tutti.workbench, 2);
    await press('Control+Alt+1');
    await waitForEditorText(tutti.workbench, sums.replace('a - b', 'a + b'));
    await goToEndOfLine(tutti.workbench, 8);
    await typeText(tutti.workbench, 'twice(2);');
    pause.resolve();
    await waitForEditorText(tutti.workbench, `${both}twice(2);`);
    await lens('Keep').first().waitFor();
    await picture('review');
    await goToEndOfLine(tutti.workbench, 6);
    await press('Control+Alt+Backspace');
    await waitForEditorText(tutti.workbench, `${sums.replace('a - b', 'a + b')}twice(2);`);
    await goToEndOfLine(tutti.workbench, 2);
    await press('Control+Alt+Enter');
    await until(() => lens('Undo').count()).toBe(0);
    await waitForEditorText(tutti.workbench, `${sums.replace('a - b', 'a + b')}twice(2);`);
    const [body] = vendor.bodies().slice(-1);
    expect(JSON.stringify(body)).toContain('Mend the sums');
    expect(JSON.stringify(body)).toContain('return a + a + a;');
  });

  it('that are cancelled leave what was there', async () => {
    const pause = Promise.withResolvers<void>();
    vendor.answers.push({ say: [block('let other;', 'let changed;'), pause.promise, second] });
    await openFile(tutti.workbench, 'other.js');
    await press('Control+Alt+1');
    await waitForEditorText(tutti.workbench, 'let changed;\n');
    await press('Escape');
    await waitForEditorText(tutti.workbench, 'let other;\n');
    pause.resolve();
    await until(() => lens('Keep').count()).toBe(0);
  });

  it('that cannot be made are tried once more with the reason, and are one step of undo', async () => {
    vendor.answers.push({ say: [block('let nothing;', 'let a;')] });
    vendor.answers.push({ say: [block('let other;', 'let again;\nlet more;')] });
    const before = vendor.bodies().length;
    await openFile(tutti.workbench, 'other.js');
    await press('Control+Alt+1');
    await waitForEditorText(tutti.workbench, 'let again;\nlet more;\n');
    expect(vendor.bodies().length - before).toBe(2);
    expect(JSON.stringify(vendor.bodies().at(-1))).toContain('The text to replace is not in the file.');
    await press('Control+Z');
    await waitForEditorText(tutti.workbench, 'let other;\n');
  });

  it('of two files, one of them with unsaved text, are undone to the byte after a reload', async () => {
    await openFile(tutti.workbench, 'left.txt');
    await goToEndOfLine(tutti.workbench, 2);
    await typeText(tutti.workbench, 'mine');
    await press('Control+Alt+2');
    await waitForEditorText(tutti.workbench, 'right\nmine');
    await saveFile(tutti.workbench);
    await openFile(tutti.workbench, 'odd.txt');
    await waitForEditorText(tutti.workbench, 'eins\ntwo\ndrei\nvier');
    // Gone right after the save, a window may be given back as unsaved what VS Code had put by a moment before.
    await backedUp('odd.txt');
    await press('Control+S');
    await until(async () => (await onDisk('odd.txt')).toString('utf8')).toBe('\u{FEFF}eins\r\ntwo\ndrei\r\nvier');
    await reload(tutti.workbench);
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model', 60_000);
    await runCommand(tutti.workbench, 'Tutti: Undo the Last Edit’s Files');
    await until(async () => (await onDisk('odd.txt')).toString('hex')).toBe(odd.toString('hex'));
    // What was typed by hand is not the edit's to undo.
    await openFile(tutti.workbench, 'left.txt');
    await waitForEditorText(tutti.workbench, 'left\nmine');
  });

  it('of a read-only file, or one that is gone, are refused, and the other file is untouched', async () => {
    await chmod(join(tutti.folder, 'locked.txt'), 0o444);
    await rm(join(tutti.folder, 'gone.txt'));
    const before = await editorText(tutti.workbench);
    for (const [key, reason] of [
      ['4', 'gone.txt'],
      ['3', 'locked.txt is read-only: its permissions forbid writing'],
      ['7', 'kept.lock is read-only by the setting files.readonlyInclude'],
    ] as const) {
      await press(`Control+Alt+${key}`);
      await told(reason).waitFor();
      await closeToasts();
      await waitForEditorText(tutti.workbench, before);
    }
  });

  it('of a code block find their place by its lines, and a path of its own makes a file', async () => {
    await openFile(tutti.workbench, 'sums.js');
    const asked = vendor.bodies().length;
    await press('Control+Alt+6');
    await until(() => editorText(tutti.workbench)).toContain('return 2 * a;');
    await press('Control+Alt+5');
    await expect
      .poll(async () => (await onDisk('made/fresh.js').catch(() => Buffer.alloc(0))).toString())
      .toBe('export const fresh = 1;\n');
    expect(vendor.bodies().length).toBe(asked);
    // The same from a chat's reply, by its button.
    const chat = await openChat(tutti.workbench);
    vendor.answers.push({
      say: ['Here:\n\n```js other.js\n<<<<<<< SEARCH\nlet other;\n=======\nlet chatted;\n>>>>>>> REPLACE\n```\n'],
    });
    await send(chat, 'Rename it');
    await replied(chat);
    await chat.getByTestId('code-apply').click();
    await openFile(tutti.workbench, 'other.js');
    await waitForEditorText(tutti.workbench, 'let chatted;\n');
    await runCommand(tutti.workbench, 'Tutti: Show All Changes');
    await tutti.workbench.page.locator('.multiDiffEditor').waitFor();
    await picture('multi-diff');
  });
});
