import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, type TuttiWindow } from '../support/tutti-window.ts';
import { goToEndOfLine, openFile, waitForEditorText } from '../support/workbench-editor.ts';
import { acceptQuickInput, fillQuickInput, quickInputPrompt, runCommand } from '../support/workbench-input.ts';
import { waitForStatusBarItem } from '../support/workbench-parts.ts';

const sums = 'function add(a, b) {\n  return a - b;\n}\n';
/** No language server has to be waited for. */
const ruby = 'def add(a, b)\n  a + b\nend\n';
const fleeting = 'export const a = 1;\nexport const b = 2;\n';
const commas = '{\n  "a": 1\n  "b": 2\n}\n';
const block = (search: string, replace: string): string =>
  `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`;
const cell = (source: string): object => ({
  ...{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: [source] },
});
const notebook = { cells: [cell('rows = [1]'), cell('total = 1')], metadata: {}, nbformat: 4, nbformat_minor: 5 };

describe('edits in place in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['writer']);
    tutti = await openTutti({
      files: {
        'sums.js': sums,
        'sum.rb': ruby,
        'fleeting.js': fleeting,
        'commas.json': commas,
        'cells.ipynb': JSON.stringify(notebook),
      },
      settings: {
        'tutti.providers': {
          own: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { writer: {} } },
        },
        'tutti.roles': { chat: 'own/writer', edit: 'own/writer' },
        'tutti.completion.enabled': { '*': false },
        'files.autoSave': 'off',
      },
      // What the code action "Document with Tutti" runs.
      keybindings: [{ key: 'ctrl+alt+1', command: 'tutti.inlineEdit', args: { task: 'document' } }],
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

  const page = () => tutti.workbench.page;
  const press = (key: string): Promise<void> => page().keyboard.press(key);
  const lens = (text: string) => page().locator('.codelens-decoration a', { hasText: text });
  const asked = (): string => JSON.stringify(vendor.bodies().at(-1));
  const until = <T>(look: () => T) => expect.poll(look, { timeout: 60_000 });
  const pick = (title: string): Promise<void> =>
    page().locator('.action-widget .monaco-list-row', { hasText: title }).first().click();
  /** Says what is to be done where the cursor is. */
  const edit = async (instruction: string): Promise<void> => {
    await press('Control+Alt+E');
    await fillQuickInput(tutti.workbench, instruction);
    await acceptQuickInput(tutti.workbench);
  };

  it('go on with a follow-up, which knows what was asked; cancelled, it leaves what was made before it', async () => {
    await openFile(tutti.workbench, 'sums.js');
    await goToEndOfLine(tutti.workbench, 2);
    vendor.answers.push({ say: [block('  return a - b;', '  return a + b;')] });
    await edit('Mend the sum');
    const mended = sums.replace('a - b', 'a + b');
    await waitForEditorText(tutti.workbench, mended);
    expect(asked()).toContain('The cursor is in line 2');
    const never = Promise.withResolvers<void>();
    vendor.answers.push({ say: [`${block('  return a + b;', '  return b + a;')}\n`, never.promise] });
    await lens('Follow Up…').first().click();
    expect(await quickInputPrompt(tutti.workbench)).toContain('Tutti: Follow Up');
    await fillQuickInput(tutti.workbench, 'The other way round');
    await acceptQuickInput(tutti.workbench);
    await waitForEditorText(tutti.workbench, mended.replace('a + b', 'b + a'));
    expect(asked()).toContain('Asked before: Mend the sum');
    await runCommand(tutti.workbench, 'Tutti: Cancel the Edit');
    await waitForEditorText(tutti.workbench, mended);
    never.resolve();
    // The first edit is still up for review, as it was.
    await goToEndOfLine(tutti.workbench, 2);
    await press('Control+Alt+Backspace');
    await waitForEditorText(tutti.workbench, sums);
  });

  it('fix what the editor has against a line, from the light bulb, and write documentation', async () => {
    await openFile(tutti.workbench, 'commas.json');
    await page().locator('.squiggly-error').first().waitFor({ timeout: 60_000 });
    await goToEndOfLine(tutti.workbench, 3);
    vendor.answers.push({ say: [block('  "a": 1', '  "a": 1,')] });
    await press('Home');
    // The light bulb stands where what can be done is known.
    await page()
      .locator('.monaco-editor .lightBulbWidget, .monaco-editor [class*="gutter-lightbulb"]')
      .first()
      .waitFor();
    await press('Control+.');
    await pick('Fix with Tutti');
    await waitForEditorText(tutti.workbench, commas.replace('1', '1,'));
    expect(asked()).toMatch(/commas\.json:3:3 error: [^"]*comma/i);
    await lens('Keep').first().waitFor();
    await openFile(tutti.workbench, 'sum.rb');
    await goToEndOfLine(tutti.workbench, 3);
    await press('Control+Shift+Home');
    vendor.answers.push({ say: [block('def add(a, b)', '# The sum.\ndef add(a, b)')] });
    await press('Control+Alt+1');
    await waitForEditorText(tutti.workbench, `# The sum.\n${ruby}`);
    expect(asked()).toContain('Selected are lines 1–3');
    await lens('Keep').first().waitFor();
    await press('Control+Alt+Backspace');
    await waitForEditorText(tutti.workbench, ruby);
  });

  it('of a file that is deleted meanwhile are refused, and what is typed into a change is nobody else’s to undo', async () => {
    const pause = Promise.withResolvers<void>();
    const made = block('export const a = 1;', 'export const a = 10;');
    vendor.answers.push({ say: [`${made}\n`, pause.promise, block('export const b = 2;', 'export const b = 20;')] });
    vendor.answers.push({ say: [made] });
    await openFile(tutti.workbench, 'fleeting.js');
    await edit('Ten times as much');
    await waitForEditorText(tutti.workbench, fleeting.replace('1', '10'));
    await rm(join(tutti.folder, 'fleeting.js'));
    pause.resolve();
    await page().locator('.notification-toast', { hasText: 'was deleted meanwhile' }).waitFor();
    await waitForEditorText(tutti.workbench, fleeting);
    await runCommand(tutti.workbench, 'Notifications: Clear All Notifications');
    await openFile(tutti.workbench, 'sums.js');
    vendor.answers.length = 0;
    vendor.answers.push({ say: [block('  return a - b;', '  return a + b;')] });
    await edit('Mend the sum');
    await lens('Keep').first().waitFor();
    await goToEndOfLine(tutti.workbench, 2);
    await page().keyboard.type(' // mine');
    await until(() => lens('Keep').count()).toBe(0);
    await waitForEditorText(tutti.workbench, sums.replace('a - b;', 'a + b; // mine'));
  });

  it('work in a file nobody has saved, and in a cell of a notebook', async () => {
    await runCommand(tutti.workbench, 'File: New Untitled Text File');
    await page().locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    vendor.answers.push({ say: ['<<<<<<< SEARCH\n=======\nlet a = 1;\nlet b = 2;\n>>>>>>> REPLACE'] });
    await edit('Begin');
    await until(() => lens('Keep').count()).toBe(1);
    await waitForEditorText(tutti.workbench, 'let a = 1;\nlet b = 2;\n');
    await press('Control+P');
    await fillQuickInput(tutti.workbench, 'cells.ipynb');
    await page().locator('.quick-input-list .monaco-list-row', { hasText: 'cells' }).first().waitFor();
    await press('Enter');
    const own = page().locator('.notebook-editor .cell-editor-container .view-lines', { hasText: 'total' });
    await own.click();
    vendor.answers.push({ say: [block('total = 1', 'total = sum(rows)')] });
    await edit('Sum up');
    await until(() => own.innerText()).toContain('sum(rows)');
    await page().locator('.notebook-editor .codelens-decoration a', { hasText: 'Keep' }).first().waitFor();
    await press('Control+Alt+Backspace');
    await until(() => own.innerText()).toMatch(/total\s=\s1/);
  });
});
