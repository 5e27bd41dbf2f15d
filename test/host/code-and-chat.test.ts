import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { doing, waitUntil } from '../support/workbench.ts';
import { editorText, focusEditor, goToEndOfLine, openFile, waitForEditorText } from '../support/workbench-editor.ts';
import { fillQuickInput, pickQuickItem, runCommand } from '../support/workbench-input.ts';
import { openChat } from '../support/workbench-parts.ts';

const files = {
  'src/shelf.ts': `export function shelfOf(boxes: readonly string[]): number {
  return boxes.length;
}

export const last: string = shelfOf(['a']);
`,
  'cells.ipynb': JSON.stringify({
    cells: ['rows = [1]', 'total = sum(rows)'].map((source) => ({
      ...{ cell_type: 'code', execution_count: 1, metadata: {}, source: [source] },
      outputs: [{ output_type: 'stream', name: 'stdout', text: ['put out by the cell'] }],
    })),
    ...{ metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 },
  }),
  'here.txt': 'one\ntwo\n',
};

const said = [
  'See `src/shelf.ts:5` and [the shelf](src/shelf.ts), most of all `shelfOf()`.\n\n',
  '```ts\nconst boxes = 42;\n```\n\n```sh\necho from-the-$((20+1))\n```\n',
];

describe('between the editor and the chat, in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let chat: FrameLocator;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['m']);
    tutti = await openTutti({
      files,
      settings: {
        'tutti.providers': { one: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1` } },
        'tutti.roles': { chat: 'one/m' },
        'tutti.chat.currentFile': false,
        'tutti.completion.enabled': { '*': false },
        'terminal.integrated.defaultProfile.linux': 'bash',
        'terminal.integrated.gpuAcceleration': 'off',
      },
    });
    await openFile(tutti.workbench, 'shelf.ts');
    chat = await openChat(tutti.workbench);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const press = (key: string): Promise<void> => tutti.workbench.page.keyboard.press(key);
  const composer = () => chat.getByTestId('composer');
  const chip = (text: string) => chat.locator('.composer').getByTestId('attachment').filter({ hasText: text });

  /** Does what asks a model; answers with what it read. */
  async function asked(what: string, doIt: () => Promise<void>): Promise<string> {
    const before = vendor.bodies().length;
    await doIt();
    await waitUntil(tutti.workbench, `${what}: see it asked`, async () => vendor.bodies().length > before);
    await replied(chat);
    const messages = vendor.bodies().at(-1)?.['messages'];
    return JSON.stringify(Array.isArray(messages) ? messages.at(-1) : undefined);
  }

  /** With the lines selected from the first to the end of the last. */
  async function select(first: number, last: number): Promise<void> {
    await goToEndOfLine(tutti.workbench, first);
    await press('Home');
    for (let line = first; line < last; line++) await press('Shift+ArrowDown');
    await press('Shift+End');
  }

  /** Takes what the light bulb offers under this name. */
  async function codeAction(name: string, stand: () => Promise<void>): Promise<void> {
    const item = tutti.workbench.page.locator('.action-widget .monaco-list-row', { hasText: name });
    // A language whose extension is still starting offers nothing of what it has against the code.
    await waitUntil(tutti.workbench, `see “${name}” offered`, async () => {
      await stand();
      await press('Control+.');
      const seen = await item.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
      if (!seen) await press('Escape');
      return seen;
    });
    await item.click();
  }

  it('a selection goes along by its key, a file by the editor’s menu, each with its tokens', async () => {
    await select(1, 3);
    await press('Control+Alt+A');
    await chip('shelf.ts:1-3').filter({ hasText: '≈' }).waitFor();
    await focusEditor(tutti.workbench);
    const { page } = tutti.workbench;
    await page.locator('.editor-instance .view-line').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Tutti' }).hover();
    await page.getByRole('menuitem', { name: 'Add File to Chat' }).hover();
    // A menu that has just come up takes no click.
    await press('Enter');
    await chip('shelf.ts').nth(1).filter({ hasText: '≈' }).waitFor();
    const sent = await asked('two attachments', () => send(chat, 'What are they?'));
    expect(sent.split('boxes.length')).toHaveLength(3);
    expect(sent).toContain('last: string');
  });

  it('the light bulb explains, documents, writes tests, and fixes what the editor has against the code', async () => {
    const offers = [
      ['Explain with Tutti', 'Explain the attached code'],
      ['Write Tests with Tutti', 'Write tests for the attached code'],
      ['Document with Tutti', 'Write documentation comments for the attached code'],
    ] as const;
    for (const [name, words] of offers) {
      const sent = await asked(name, () => codeAction(name, () => select(1, 3)));
      expect(sent).toContain(words);
      expect(sent).toContain('boxes.length');
      expect(sent).not.toContain('last: string');
    }
    const sent = await asked('the fix', () =>
      codeAction('Fix with Tutti', async () => {
        await goToEndOfLine(tutti.workbench, 5);
        await press('Home');
        for (let step = 0; step < 'export const la'.length; step++) await press('ArrowRight');
      }),
    );
    expect(sent).toMatch(/Fix the problem[\s\S]*is not assignable to type 'string'/);
  });

  it('the cell of a notebook in front, without what it has put out', async () => {
    await runCommand(tutti.workbench, 'View: Close All Editors');
    await tutti.workbench.page.keyboard.press('ControlOrMeta+P');
    await fillQuickInput(tutti.workbench, 'cells.ipynb');
    await pickQuickItem(tutti.workbench, 'cells.ipynb');
    await tutti.workbench.page.locator('.notebookOverlay .cell .view-line', { hasText: 'sum(rows)' }).click();
    await composer().pressSequentially('@file');
    await chat.getByTestId('suggestion').filter({ hasText: 'Current file' }).click();
    await chip('cells.ipynb, cell 2').filter({ hasText: '≈' }).waitFor();
    const sent = await asked('the cell', () => send(chat, 'and this?'));
    expect(sent).toContain('total = sum(rows)');
    expect(sent).not.toMatch(/put out by the cell|rows = /);
    await runCommand(tutti.workbench, 'View: Close All Editors');
    await chip('cells.ipynb').waitFor({ state: 'detached' });
  });

  it('the last command of the terminal with what it said', async () => {
    await runCommand(tutti.workbench, 'Terminal: Create New Terminal');
    const terminal = tutti.workbench.page.locator('.terminal-wrapper.active textarea.xterm-helper-textarea');
    await terminal.waitFor({ state: 'attached' });
    const rows = tutti.workbench.page.locator('.terminal-wrapper.active .xterm-rows');
    await rows.filter({ hasText: /[#$]/ }).waitFor();
    await terminal.focus();
    // VS Code misses what a command says in one piece with its beginning.
    await tutti.workbench.page.keyboard.type('sleep 1; echo rope-$((40+2))\n');
    await rows.filter({ hasText: 'rope-42' }).waitFor();
    await composer().pressSequentially('@termin');
    await chat.getByTestId('suggestion').filter({ hasText: 'sleep 1; echo rope' }).click();
    await chip('echo rope').filter({ hasText: '≈' }).waitFor();
    expect(await asked('the terminal', () => send(chat, 'what did it say?'))).toMatch(/exit code 0[\s\S]*rope-42/);
    await runCommand(tutti.workbench, 'View: Hide Panel');
  });

  it('names of files and symbols in a reply open the editor where they are', async () => {
    vendor.answers.push({ say: said });
    await send(chat, 'Where is it?');
    await replied(chat);
    await openFile(tutti.workbench, 'here.txt');
    const line = (text: string) => waitUntil(tutti.workbench, `be at ${text}`, async () => (await cursor()) === text);
    await reply(chat).getByRole('link', { name: 'src/shelf.ts:5' }).click();
    await line('Ln 5, Col 1');
    await openFile(tutti.workbench, 'here.txt');
    await reply(chat).getByRole('link', { name: 'shelfOf()' }).click();
    await tutti.workbench.page.locator('.tab.active', { hasText: 'shelf.ts' }).waitFor();
    await line('Ln 1, Col 1');
    await openFile(tutti.workbench, 'here.txt');
    await reply(chat).getByRole('link', { name: 'the shelf' }).click();
    await tutti.workbench.page.locator('.tab.active', { hasText: 'shelf.ts' }).waitFor();
  });

  it('code of a reply is copied, put in at the cursor, and opened as a new file', async () => {
    await reply(chat).getByTestId('code-copy').first().click();
    await openFile(tutti.workbench, 'here.txt');
    await waitUntil(
      tutti.workbench,
      'see the code in the clipboard',
      async () =>
        (await tutti.workbench.page.evaluate<string>('navigator.clipboard.readText()')).trim() === 'const boxes = 42;',
    );
    await goToEndOfLine(tutti.workbench, 1);
    await press('Enter');
    await reply(chat).getByTestId('code-insert').first().click();
    await waitUntil(tutti.workbench, 'see it put in', async () =>
      (await editorText(tutti.workbench)).startsWith('one\nconst boxes = 42;'),
    );
    await runCommand(tutti.workbench, 'File: Revert File');
    await reply(chat).getByTestId('code-new-file').first().click();
    await tutti.workbench.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await waitForEditorText(tutti.workbench, 'const boxes = 42;');
  });

  it('commands run in a terminal when the user agrees', async () => {
    const { page } = tutti.workbench;
    const dialog = page.locator('.monaco-dialog-box');
    const terminals = page.locator('.terminal-wrapper');
    const before = await terminals.count();
    await reply(chat).getByTestId('code-run').click();
    await dialog.getByText('echo from-the-$((20+1))').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await terminals.count()).toBe(before);
    await reply(chat).getByTestId('code-run').click();
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await doing(tutti.workbench, 'see a terminal', () => terminals.nth(before).waitFor({ state: 'attached' }));
    await runCommand(tutti.workbench, 'Terminal: Focus Terminal');
    await waitUntil(tutti.workbench, 'see what the command said', async () => {
      await runCommand(tutti.workbench, 'Terminal: Select All');
      await runCommand(tutti.workbench, 'Terminal: Copy Selection');
      return (await page.evaluate<string>('navigator.clipboard.readText()')).includes('from-the-21');
    });
  });

  /** e.g. `Ln 5, Col 1`. */
  async function cursor(): Promise<string> {
    const item = tutti.workbench.page.locator('#status\\.editor\\.selection');
    return (await item.isVisible()) ? ((await item.textContent()) ?? '').trim() : '';
  }
});
