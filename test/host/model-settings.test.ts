import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, send, type TuttiWindow } from '../support/tutti-window.ts';
import { reload } from '../support/workbench.ts';
import { openChat } from '../support/workbench-parts.ts';

describe('the settings of a model, in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['m', 'n']);
    tutti = await openTutti({
      settings: {
        'tutti.providers': {
          cloud: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { m: {}, n: {} } },
        },
        'tutti.roles': { chat: 'cloud/m' },
      },
    });
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const state = (chat: FrameLocator, name: string, text: string): Promise<void> =>
    chat.getByTestId(`setting-${name}-state`).getByText(text, { exact: true }).waitFor();
  const shown = async (chat: FrameLocator): Promise<string> =>
    JSON.stringify(JSON.parse((await chat.getByTestId('preview-body').textContent()) ?? ''));
  const lastSent = (): string => vendor.seen.findLast(({ method }) => method === 'POST')?.body ?? '';

  it('are set, shown as they will be sent, sent so, kept over a restart, and reset', async () => {
    let chat = await openChat(tutti.workbench);
    await chat.getByRole('button', { name: 'Model settings' }).click();
    await state(chat, 'temperature', 'Not sent');
    await chat.getByTestId('setting-temperature').fill('0.4');
    await chat.getByTestId('setting-temperature').press('Enter');
    await state(chat, 'temperature', 'Sent');
    await chat.getByTestId('setting-extraBody').fill('{ "seed": 7, ');
    await chat.getByTestId('settings-panel').getByText('Line 1, column').waitFor();
    await chat.getByTestId('setting-extraBody').fill('{ "seed": 7 }');
    await chat.getByTestId('setting-extraBody').press('Tab');
    await state(chat, 'extraBody', 'Sent');
    await chat.getByTestId('preview-body').getByText('"seed": 7').waitFor();
    const preview = await shown(chat);
    expect(JSON.parse(preview)).toMatchObject({ model: 'm', temperature: 0.4, seed: 7 });
    expect(preview).not.toContain('top_p');
    await chat.getByRole('button', { name: 'Close settings' }).click();
    await send(chat, 'Hello!');
    await replied(chat);
    expect(lastSent()).toBe(preview);

    await reload(tutti.workbench);
    chat = await openChat(tutti.workbench);
    await chat.getByTestId('model-button').click();
    await chat.getByTestId('model-option').and(chat.locator('[data-model="cloud/n"]')).first().hover();
    await chat.locator('[data-model="cloud/n"]').first().getByTestId('option-settings').click();
    await chat.locator('[data-testid="settings-panel"][data-model="cloud/n"]').waitFor();
    await state(chat, 'temperature', 'Not sent');
    await chat.getByRole('button', { name: 'Close settings' }).click();
    await chat.getByRole('button', { name: 'Model settings' }).click();
    await state(chat, 'extraBody', 'Sent');
    await chat.getByTestId('setting-temperature-reset').click();
    await state(chat, 'temperature', 'Not sent');
    await chat.getByTestId('reset-settings').click();
    await state(chat, 'extraBody', 'Not sent');
    await chat.getByRole('button', { name: 'Close settings' }).click();
    await send(chat, 'And now?');
    await replied(chat);
    expect(JSON.parse(lastSent())).not.toHaveProperty('temperature');
    expect(JSON.parse(lastSent())).not.toHaveProperty('seed');
  });

  it('a pinned model stands first and a hidden one is left out, also after a restart', async () => {
    let chat = await openChat(tutti.workbench);
    const refs = (): Promise<readonly (string | null)[]> =>
      chat.getByTestId('model-option').evaluateAll((options) => options.map((one) => one.getAttribute('data-model')));
    await chat.getByTestId('model-button').click();
    await chat.locator('[data-model="cloud/n"]').first().hover();
    await chat.locator('[data-model="cloud/n"]').first().getByTestId('option-pin').click();
    await chat.getByText('Pinned', { exact: true }).first().waitFor();
    await expect.poll(async () => (await refs()).filter((ref) => ref === 'cloud/n').length).toBe(2);
    await chat.getByRole('combobox').fill('cloud/m');
    await chat.locator('.option.active[data-model="cloud/m"]').waitFor();
    await chat.getByTestId('hide-model').click();
    await chat.getByRole('combobox').press('Escape');
    const settings = join(tutti.server.userFolder, 'settings.json');
    await expect.poll(() => readFileSync(settings, 'utf8'), { timeout: 20_000 }).toContain('tutti.hiddenModels');

    await reload(tutti.workbench);
    chat = await openChat(tutti.workbench);
    await chat.getByTestId('model-button').click();
    await chat.locator('[data-model="cloud/n"]').first().click();
    await chat.getByTestId('model-button').getByText('n', { exact: true }).waitFor();
    await chat.getByTestId('model-button').click();
    await chat.getByTestId('show-hidden').waitFor();
    expect(await refs()).not.toContain('cloud/m');
  });
});
