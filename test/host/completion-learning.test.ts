import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completing, type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, type TuttiWindow } from '../support/tutti-window.ts';
import { screenshot } from '../support/workbench.ts';
import { editorText, goToEndOfLine, openFile, seeGhostText, typeText } from '../support/workbench-editor.ts';
import { quickInputGone, quickItems } from '../support/workbench-input.ts';
import {
  reloadWithSettings,
  type Theme,
  themeSettings,
  waitForStatusBarItem,
  waitForTheme,
  webview,
} from '../support/workbench-parts.ts';

/** Enough suggestions for a percentage. */
const lines = 12;

describe('the picker of completion models', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let settings: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['fim', 'untried']);
    // A line of its own at every line, so that none repeats the one before.
    vendor.always = (body) => {
      const line = String(body['prompt']).split('\n').length;
      return completing(`const value${line} = call${line}(${line * line});`)(body);
    };
    settings = {
      'editor.autoClosingBrackets': 'never',
      'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
      'tutti.providers': {
        cloud: {
          vendor: 'openai-compatible',
          baseUrl: `${vendor.url}/v1`,
          models: {
            fim: { fim: 'infill', contextWindow: 32_000, price: { input: 30, output: 60 } },
            untried: { fim: 'infill' },
          },
        },
      },
      'tutti.roles': { completion: 'cloud/fim', chat: 'cloud/fim' },
    };
    tutti = await openTutti({
      settings,
      files: { 'values.ts': '' },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.switchModel', args: { role: 'completion' } },
        { key: 'ctrl+alt+2', command: 'tutti.switchModel', args: { role: 'chat' } },
      ],
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: fim', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const press = (key: string): Promise<void> => tutti.workbench.page.keyboard.press(key);

  async function pickerRow(key: string, model: string): Promise<string> {
    await press(key);
    await expect
      .poll(() => quickItems(tutti.workbench), { timeout: 15_000 })
      .toContainEqual(expect.stringMatching(new RegExp(`\\b${model}\\b`)));
    return (await quickItems(tutti.workbench)).find((item) => new RegExp(`\\b${model}\\b`).test(item)) ?? '';
  }

  async function closePicker(): Promise<void> {
    await press('Escape');
    await quickInputGone(tutti.workbench);
  }

  it('shows what was accepted, how fast it came and what it cost', async () => {
    await openFile(tutti.workbench, 'values.ts');
    await goToEndOfLine(tutti.workbench, 1);
    for (let line = 1; line <= lines; line++) {
      await typeText(tutti.workbench, 'con');
      await seeGhostText(tutti.workbench, `st value${line} = call${line}(${line * line});`);
      await press('Tab');
      await expect
        .poll(() => editorText(tutti.workbench))
        .toContain(`const value${line} = call${line}(${line * line});`);
      await press('End');
      await press('Enter');
    }

    const row = await pickerRow('Control+Alt+1', 'fim');
    const [, share, shown] = /(\d+) % of (\d+) accepted/.exec(row) ?? [];
    expect(Number(shown), row).toBeGreaterThanOrEqual(lines);
    expect(Number(share), row).toBe(Math.round((100 * lines) / Number(shown)));
    expect(row).toMatch(/[\d.]+ m?s \/ [\d.]+ m?s/);
    expect(row).toMatch(/≈ \$\d+\.\d\d per 100/);
    expect((await quickItems(tutti.workbench)).join()).not.toMatch(/untried[^,]*,[^,]*accepted/);
    await closePicker();
  });

  it('and nothing of it where a chat model is chosen', async () => {
    expect(await pickerRow('Control+Alt+2', 'fim')).not.toContain('accepted');
    await closePicker();
  });

  it('shows half a minute later how much of it still stands', async () => {
    await openFile(tutti.workbench, 'values.ts');
    await goToEndOfLine(tutti.workbench, 1);
    await press('Home');
    await typeText(tutti.workbench, '// a line above moves them all');
    await press('Enter');
    const row = async (): Promise<string> => {
      const text = await pickerRow('Control+Alt+1', 'fim');
      await closePicker();
      return text;
    };
    await expect.poll(row, { timeout: 60_000, interval: 3000 }).toMatch(/· 100 % kept/);
  });

  it.each<Theme>(['light', 'dark', 'high-contrast'])(
    'after a restart, too, in the %s theme',
    async (theme) => {
      const { workbench } = tutti;
      await reloadWithSettings(workbench, { ...settings, ...themeSettings(theme) });
      await waitForTheme(workbench, theme);
      await waitForStatusBarItem(workbench, 'Tutti completion model: fim', 60_000);
      expect(await pickerRow('Control+Alt+1', 'fim')).toMatch(/% of \d+ accepted/);
      await screenshot(workbench, `completion-models-${theme}`);
      await workbench.page.getByRole('button', { name: 'Compare Completion Models' }).click();
      const page = webview(workbench);
      await page.getByRole('rowheader', { name: 'cloud/fim' }).waitFor({ timeout: 20_000 });
      expect(await page.getByRole('heading', { name: 'typescript' }).count()).toBe(1);
      await screenshot(workbench, `completion-evidence-${theme}`);
    },
    180_000,
  );
});
