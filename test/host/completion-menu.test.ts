import { describe, expect, it } from 'vitest';
import { completionMenuRows, openCompletionMenu } from '../support/completion-menu.ts';
import { completionWindow, fimSettings } from '../support/completion-window.ts';
import { completing } from '../support/fake-vendor.ts';
import { screenshot } from '../support/workbench.ts';
import { editorText, waitForGhostText } from '../support/workbench-editor.ts';
import { pickQuickItem } from '../support/workbench-input.ts';
import {
  reloadWithSettings,
  type Theme,
  themeSettings,
  waitForStatusBarItem,
  waitForTheme,
} from '../support/workbench-parts.ts';

describe('the menu of inline completions', () => {
  let settings: Readonly<Record<string, unknown>>;
  const on = completionWindow(async (vendor) => {
    settings = { ...fimSettings(vendor), 'tutti.completion.delayMs': 0, 'tutti.completion.ahead': 'never' };
    return { files: { 'asked.js': '\n' }, settings };
  });

  it.each<Theme>(['light', 'dark', 'high-contrast'])('is readable in the %s theme', async (theme) => {
    const { workbench } = on.tutti;
    await reloadWithSettings(workbench, { ...settings, ...themeSettings(theme) });
    await waitForTheme(workbench, theme);
    await waitForStatusBarItem(workbench, 'Tutti completion model: fim', 60_000);
    on.vendor.always = completing(`${theme} = 1;`);
    await on.openAt('asked.js', 1);
    await on.press('Enter');
    await on.type(theme.slice(0, 2));
    await waitForGhostText(workbench);
    expect((await openCompletionMenu(workbench)).map((row) => row.split(',')[0])).toEqual(completionMenuRows);
    await screenshot(workbench, `completion-menu-${theme}`);
    await pickQuickItem(workbench, 'Last Requests');
    await expect.poll(() => editorText(workbench)).toContain('Last requests for inline completions');
    await screenshot(workbench, `completion-requests-${theme}`);
  });
});
