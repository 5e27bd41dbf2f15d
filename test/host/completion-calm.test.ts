import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { pack } from '../../scripts/bench/pack.ts';
import { vsixFile } from '../../scripts/setup/paths.ts';
import { completionMenuRows, openCompletionMenu } from '../support/completion-menu.ts';
import { completionWindow, fimSettings } from '../support/completion-window.ts';
import { completing } from '../support/fake-vendor.ts';
import {
  editorText,
  focusEditor,
  ghostText,
  openFile,
  seeGhostText,
  waitForGhostText,
  waitForNoGhostText,
} from '../support/workbench-editor.ts';
import { pickQuickItem, quickInputGone } from '../support/workbench-input.ts';
import {
  notifications,
  reloadWithSettings,
  statusBarItems,
  waitForNotification,
  waitForStatusBarItem,
} from '../support/workbench-parts.ts';

const body = 'function f() {\n  \n}\n';

describe('ghost text is calm and explained', () => {
  let settings: Readonly<Record<string, unknown>>;
  const on = completionWindow(async (vendor) => {
    settings = {
      ...fimSettings(vendor),
      'editor.autoClosingBrackets': 'never',
      'tutti.completion.delayMs': 0,
      'tutti.completion.ahead': 'never',
      'tutti.completion.enabled': { '*': true, ruby: false },
      '[lua]': { 'editor.inlineSuggest.enabled': false },
      '[python]': { 'tutti.completion.tabInIndentation': 'accept' },
      '[java]': { 'tutti.completion.tabInIndentation': 'indent' },
    };
    return {
      extensions: [vsixFile, await pack(join(import.meta.dirname, 'rival'), 'rival')],
      files: {
        'rival.js': '\n',
        'esc.js': '\n',
        'pause.js': body,
        'accept.py': body,
        'indent.java': body,
        'menu.js': '\n\n\n',
        'asked.js': '\n',
        'fresh.js': '\n',
        'off.rb': '\n',
        'dark.lua': '\n',
      },
      settings,
      keybindings: [{ key: 'ctrl+alt+a', command: 'tutti.acceptCompletion' }],
    };
  });
  const { press, type, asked, settle, openAt, why } = on;

  const openMenu = (): Promise<readonly string[]> => openCompletionMenu(on.tutti.workbench);

  /** Takes a row of the menu, and waits until the menu offers the way back. */
  async function choose(row: string, wayBack: string): Promise<void> {
    await openMenu();
    await pickQuickItem(on.tutti.workbench, row);
    await quickInputGone(on.tutti.workbench);
    await vi.waitFor(
      async () => {
        const rows = await openMenu();
        await press('Escape');
        await quickInputGone(on.tutti.workbench);
        expect(rows.join('\n')).toContain(wayBack);
      },
      { timeout: 20_000 },
    );
    await focusEditor(on.tutti.workbench);
  }

  it('asks once who shall suggest where another extension does, too, and switches that one off', async () => {
    on.vendor.always = completing('alpha beta;');
    await openAt('rival.js', 1);
    await settle();
    expect(await notifications(on.tutti.workbench)).toEqual([]);
    await type('al');
    await waitForGhostText(on.tutti.workbench);
    expect(await waitForNotification(on.tutti.workbench, 'Continue suggests code as you type, too')).toContain(
      'continue.enableTabAutocomplete',
    );
    await on.tutti.workbench.page.locator('.notifications-toasts .monaco-button', { hasText: 'Only Tutti' }).click();
    await vi.waitFor(async () => {
      const written = await readFile(join(on.tutti.server.userFolder, 'settings.json'), 'utf8');
      expect(JSON.parse(written)).toMatchObject({ 'continue.enableTabAutocomplete': false });
    }, 10_000);
    // On again, and yet not asked again: once is enough.
    await reloadWithSettings(on.tutti.workbench, settings);
    await waitForStatusBarItem(on.tutti.workbench, 'Tutti completion model: fim', 60_000);
    await openAt('rival.js', 1);
    await type('p');
    await waitForGhostText(on.tutti.workbench);
    await settle();
    expect(await notifications(on.tutti.workbench)).toEqual([]);
    await press('Control+Alt+A');
  });

  it('pauses after three times Escape, says so, answers a key all the same, and goes on once one is taken', async () => {
    on.vendor.always = completing('alpha beta;');
    await openAt('esc.js', 1);
    for (let time = 0; time < 3; time++) {
      await type('al');
      await seeGhostText(on.tutti.workbench, 'pha beta;');
      await press('Escape');
      await waitForNoGhostText(on.tutti.workbench);
      await press('Enter');
      await settle();
    }
    const before = asked();
    await type('alp');
    await settle();
    expect(await ghostText(on.tutti.workbench)).toBeUndefined();
    expect(asked()).toBe(before);
    await why('Trigger: You sent 3 suggestions in a row away with Escape');
    await focusEditor(on.tutti.workbench);
    await press('Alt+Backslash');
    expect(await waitForGhostText(on.tutti.workbench)).toBe('ha beta;');
    await press('Control+Alt+A');
    await expect.poll(() => editorText(on.tutti.workbench), { timeout: 10_000 }).toContain('alpha beta;');
    await press('Enter');
    await type('al');
    await seeGhostText(on.tutti.workbench, 'pha beta;');
    await press('Control+Alt+A');
  });

  describe('Tab in the indentation', () => {
    /** Types a blank in the indentation, presses Tab as soon as the suggestion is there, or after a moment. */
    async function tabAt(file: string, when: 'at once' | 'after a moment'): Promise<string> {
      on.vendor.always = completing('return 1;');
      await openAt(file, 2);
      await type(' ');
      await waitForGhostText(on.tutti.workbench);
      if (when === 'after a moment') await settle();
      await press('Tab');
      await settle();
      const text = (await editorText(on.tutti.workbench)).split('\n')[1] ?? '';
      await press('Control+Home');
      return text;
    }

    const indented = /^ +$/;
    const accepted = /^ +return 1;$/;

    it('indents at once, and accepts after a moment', async () => {
      // Where the machine is too slow to press it in time, it has accepted, which is taken back.
      await vi.waitFor(
        async () => {
          const text = await tabAt('pause.js', 'at once');
          if (accepted.test(text)) await press('Control+Z');
          expect(text).toMatch(indented);
        },
        { timeout: 60_000 },
      );
      expect(await tabAt('pause.js', 'after a moment')).toMatch(accepted);
    });
    it('accepts at once where the setting says so', async () =>
      expect(await tabAt('accept.py', 'at once')).toMatch(accepted));
    it('indents always where the setting says so, and a key of one’s own accepts', async () => {
      expect(await tabAt('indent.java', 'after a moment')).toMatch(indented);
      await type(' ');
      await waitForGhostText(on.tutti.workbench);
      await press('Control+Alt+A');
      await expect.poll(() => editorText(on.tutti.workbench), { timeout: 10_000 }).toContain('return 1;');
    });
  });

  describe('the menu of the status bar', () => {
    it('makes suggestions wait for a key, and takes that back', async () => {
      on.vendor.always = completing('gamma delta;');
      await openAt('menu.js', 1);
      await choose('Suggest Only When Asked For', 'Suggest While Typing');
      const before = asked();
      await type('ga');
      await settle();
      expect(asked()).toBe(before);
      await why('Completions come only when asked for');
      await choose('Suggest While Typing', 'Suggest Only When Asked For');
      await type('m');
      expect(await waitForGhostText(on.tutti.workbench)).toBe('ma delta;');
      await press('Control+Alt+A');
    });

    it('snoozes, shows until when, and wakes up', async () => {
      on.vendor.always = completing('gamma delta;');
      await openAt('menu.js', 2);
      await choose('Snooze for 15 Minutes', 'Wake Up');
      await waitForStatusBarItem(on.tutti.workbench, 'snoozed until');
      const before = asked();
      await type('ga');
      await settle();
      expect(asked()).toBe(before);
      expect((await openMenu()).join('\n')).toMatch(/Wake Up, quiet for 15 more minutes, until \d+:\d+/);
      await pickQuickItem(on.tutti.workbench, 'Wake Up');
      await quickInputGone(on.tutti.workbench);
      await focusEditor(on.tutti.workbench);
      await type('m');
      expect(await waitForGhostText(on.tutti.workbench)).toBe('ma delta;');
      expect((await statusBarItems(on.tutti.workbench)).join()).not.toContain('snoozed');
      await press('Control+Alt+A');
    });

    it('turns a language off and on', async () => {
      on.vendor.always = completing('gamma delta;');
      await openAt('menu.js', 3);
      await choose('Turn Off for javascript', 'Turn On for javascript');
      await type('ga');
      await why('Trigger: Completions are off for javascript');
      await choose('Turn On for javascript', 'Turn Off for javascript');
      await type('m');
      expect(await waitForGhostText(on.tutti.workbench)).toBe('ma delta;');
      await press('Control+Alt+A');
    });
  });

  it('explains the file in front, asked before or never', async () => {
    on.vendor.always = completing('alpha beta;');
    await openAt('asked.js', 1);
    await type('al');
    await waitForGhostText(on.tutti.workbench);
    await why('Shown, by fim/fim.');
    await openFile(on.tutti.workbench, 'off.rb');
    await why('Trigger: Completions are off for ruby (tutti.completion.enabled).');
    await openFile(on.tutti.workbench, 'dark.lua');
    await why('Trigger: VS Code’s own switch for ghost text is off here (editor.inlineSuggest.enabled).');
    await openFile(on.tutti.workbench, 'fresh.js');
    await why('Trigger: VS Code has asked for nothing in this file yet');
    await openFile(on.tutti.workbench, 'asked.js');
    await why('Shown, by fim/fim.');
  });

  it('offers all of it in one menu, with the last requests', async () => {
    const { workbench } = on.tutti;
    expect((await openMenu()).map((row) => row.split(',')[0])).toEqual(completionMenuRows);
    await pickQuickItem(workbench, 'Last Requests');
    await expect.poll(() => editorText(workbench)).toContain('Last requests for inline completions');
  });
});
