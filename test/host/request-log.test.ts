import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { screenshot, waitUntil } from '../support/workbench.ts';
import {
  acceptQuickInput,
  fillQuickInput,
  pickQuickItem,
  quickInputPrompt,
  quickItems,
  runCommand,
} from '../support/workbench-input.ts';
import { openChat, reloadWithSettings, type Theme, themeSettings, waitForTheme } from '../support/workbench-parts.ts';

describe('the request log in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let settings: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['alpha', 'beta']);
    settings = {
      'tutti.providers': {
        cloud: {
          vendor: 'openai-compatible',
          baseUrl: `${vendor.url}/v1`,
          headers: { 'x-team-token': 'hush-hush-42' },
          models: { alpha: {}, beta: {} },
        },
      },
      'tutti.roles': { chat: 'cloud/alpha' },
      'editor.wordWrap': 'on',
    };
    tutti = await openTutti({ settings });
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  /** All text of the editors that are open, as far as it is on the screen. */
  const shown = async (): Promise<string> => {
    const lines = await tutti.workbench.page.locator('.editor-instance .view-lines').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  };
  const seesAll = (...words: readonly string[]): Promise<unknown> =>
    waitUntil(tutti.workbench, `see ${words.join(', ')}`, async () => {
      const text = await shown();
      return words.every((word) => text.includes(word));
    });

  const ask = async (): Promise<void> => {
    const chat = await openChat(tutti.workbench);
    vendor.answers.push({ say: ['Alpha says four.'] });
    await send(chat, 'What is two and two?');
    await replied(chat);
    await reply(chat).getByText('Alpha says four.').waitFor();
  };

  it('lists what was asked, opens it, and asks another model the same', async () => {
    const { workbench } = tutti;
    await ask();
    await runCommand(workbench, 'Tutti: Show Request Log');
    const [item = ''] = await waitUntil(workbench, 'see the list', async () => {
      const items = await quickItems(workbench);
      return items.length > 0 && items;
    });
    expect(await quickInputPrompt(workbench)).toContain('Request Log: in memory only, keys left out');
    expect(item).toMatch(/chat · cloud\/alpha.*stop · HTTP 200/);
    await workbench.page.keyboard.press('Enter');
    await seesAll('POST', 'x-team-token: $KEY', '"model": "alpha"');
    expect(await shown()).not.toContain('hush-hush');

    vendor.answers.push({ say: ['Beta says five.'] });
    await runCommand(workbench, 'Tutti: Replay Request to Another Model…');
    await fillQuickInput(workbench, 'beta');
    await pickQuickItem(workbench, 'beta');
    await seesAll('cloud/alpha', 'Alpha says four.', 'cloud/beta', 'Beta says five.');
    const [first, second] = vendor.bodies();
    expect(second).toEqual({ ...first, model: 'beta' });
    expect(vendor.seen.at(-1)?.headers['x-team-token']).toBe('hush-hush-42');
  });

  it.each<Theme>(['light', 'dark', 'high-contrast'])('can be read in the %s theme', async (theme) => {
    const { workbench } = tutti;
    await reloadWithSettings(workbench, { ...settings, ...themeSettings(theme) });
    await waitForTheme(workbench, theme);
    await ask();
    await runCommand(workbench, 'Tutti: Show Request Log');
    await waitUntil(workbench, 'see the list', async () => (await quickItems(workbench)).length > 0);
    await screenshot(workbench, `request-log-${theme}`);
    await workbench.page.keyboard.press('Enter');
    await seesAll('POST', '"model": "alpha"');
    await screenshot(workbench, `request-page-${theme}`);
    vendor.answers.push({ say: ['Beta says five.'] });
    await runCommand(workbench, 'Tutti: Replay Request to Another Model…');
    await fillQuickInput(workbench, 'cloud/gamma');
    await waitUntil(workbench, 'see what was typed', async () =>
      (await quickItems(workbench)).some((item) => item.includes('Use cloud/gamma')),
    );
    await acceptQuickInput(workbench);
    await seesAll('Alpha says four.', 'Beta says five.');
    await screenshot(workbench, `request-replay-${theme}`);
  });
});
