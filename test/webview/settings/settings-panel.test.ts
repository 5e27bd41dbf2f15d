import { describe, expect, it } from 'vitest';
import type { ModelSettingsView } from '../../../src/protocol/model-settings-view.ts';
import { useChatPages } from '../support/use-chat-pages.ts';
import { chat, settings, withRows } from '../support/views.ts';

const open = useChatPages();

async function openPanel(view: ModelSettingsView = settings) {
  const page = await open();
  await page.snapshot(chat());
  await page.page.getByRole('button', { name: 'Model settings' }).click();
  await page.send({ type: 'model-settings', view });
  await page.testId('setting-temperature').waitFor();
  await page.posted();
  return page;
}

describe('settings panel', () => {
  it('says which model it is about and that nothing is sent', async () => {
    await using page = await openPanel();
    expect(await page.testId('settings-panel').textContent()).toContain('GPT-5');
    for (const name of ['temperature', 'topP', 'maxOutputTokens', 'systemPrompt']) {
      expect(await page.testId(`setting-${name}`).getAttribute('placeholder')).toBe('Not sent');
      expect(await page.testId(`setting-${name}`).inputValue()).toBe('');
    }
    expect(await page.testId('setting-reasoningEffort').locator('option').allTextContents()).toEqual([
      'Not sent',
      ...['minimal', 'low', 'medium', 'high'],
    ]);
  });

  it('stores values on Enter, on Tab and on choosing', async () => {
    await using page = await openPanel();
    await page.testId('setting-temperature').fill('0.7');
    await page.page.keyboard.press('Enter');
    await page.testId('setting-maxOutputTokens').fill('512');
    await page.page.keyboard.press('Tab');
    await page.testId('setting-reasoningEffort').selectOption('high');
    await page.testId('setting-systemPrompt').fill('Be brief.');
    await page.page.keyboard.press('Tab');
    expect(await page.posted()).toEqual([
      { type: 'change-setting', model: 'openai/gpt-5', name: 'temperature', value: 0.7 },
      { type: 'change-setting', model: 'openai/gpt-5', name: 'maxOutputTokens', value: 512 },
      { type: 'change-setting', model: 'openai/gpt-5', name: 'reasoningEffort', value: 'high' },
      { type: 'change-setting', model: 'openai/gpt-5', name: 'systemPrompt', value: 'Be brief.' },
    ]);
  });

  it('stores what was typed when it is closed with Escape, and gives the focus back', async () => {
    await using page = await openPanel();
    await page.testId('setting-topP').fill('0.9');
    await page.page.keyboard.press('Escape');
    expect(await page.posted()).toEqual([
      { type: 'change-setting', model: 'openai/gpt-5', name: 'topP', value: 0.9 },
      { type: 'close-model-settings' },
    ]);
    expect(await page.testId('settings-panel').count()).toBe(0);
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Model settings');
  });

  it('stores what was typed when the user goes on to the composer', async () => {
    await using page = await openPanel();
    await page.testId('setting-topP').fill('0.9');
    await page.testId('composer').click();
    await page.testId('settings-panel').waitFor({ state: 'detached' });
    expect(await page.posted()).toEqual([
      { type: 'change-setting', model: 'openai/gpt-5', name: 'topP', value: 0.9 },
      { type: 'close-model-settings' },
    ]);
    expect(await page.testId('settings-panel').count()).toBe(0);
  });

  it('says what is wrong with a number and does not store it', async () => {
    await using page = await openPanel(withRows({ temperature: { value: 0.5 } }));
    const field = page.testId('setting-temperature');
    await field.fill('hot');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([]);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.testId('settings-panel').textContent()).toContain('Has to be a number from 0 to 2');
    await field.fill('0.6');
    expect(await field.getAttribute('aria-invalid')).toBe('false');
  });

  it('clears a value', async () => {
    await using page = await openPanel(withRows({ temperature: { value: 0.5 }, reasoningEffort: { value: 'low' } }));
    await page.page.getByRole('button', { name: 'Reset Temperature' }).click();
    await page.page.getByRole('button', { name: 'Reset Reasoning effort' }).click();
    expect(await page.posted()).toEqual([
      { type: 'change-setting', model: 'openai/gpt-5', name: 'temperature', value: null },
      { type: 'change-setting', model: 'openai/gpt-5', name: 'reasoningEffort', value: null },
    ]);
    expect(await page.testId('setting-temperature').inputValue()).toBe('');
  });

  it('lets any reasoning effort be typed where the model is unknown', async () => {
    await using page = await openPanel(withRows({ reasoningEffort: { choices: [] } }));
    await page.testId('setting-reasoningEffort').fill('xhigh');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([
      { type: 'change-setting', model: 'openai/gpt-5', name: 'reasoningEffort', value: 'xhigh' },
    ]);
  });

  it('keeps a reasoning effort the model is not known to take', async () => {
    await using page = await openPanel(withRows({ reasoningEffort: { value: 'xhigh' } }));
    expect(await page.testId('setting-reasoningEffort').inputValue()).toBe('xhigh');
  });

  it('shows what the host made of a value', async () => {
    await using page = await openPanel();
    await page.send({ type: 'model-settings', view: withRows({ topP: { value: 0.25 } }) });
    await expect.poll(() => page.testId('setting-topP').inputValue()).toBe('0.25');
  });

  it('opens when the host says so, with the cursor in the first field', async () => {
    await using page = await open();
    await page.snapshot(chat());
    await page.send({ type: 'open-settings' });
    await page.send({ type: 'model-settings', view: settings });
    await expect.poll(() => page.page.evaluate(() => document.activeElement?.id)).toBe('setting-temperature');
  });

  it('shows what was learned and since when, and undoes it', async () => {
    await using page = await openPanel({
      ...settings,
      learned: [
        { id: 'omit temperature', text: 'temperature is not accepted', since: new Date(2026, 4, 17).getTime() },
        { id: 'window', text: 'no more than 8192 tokens can be read at once', since: 0 },
      ],
    });
    const learned = page.testId('learned');
    expect(await learned.textContent()).toMatch(/temperature is not accepted · since .*(17|2026)/);
    await page.posted();
    await page.page.getByRole('button', { name: 'Undo: temperature is not accepted' }).click();
    expect(await page.posted()).toEqual([{ type: 'undo-lesson', model: 'openai/gpt-5', id: 'omit temperature' }]);
    await page.send({ type: 'model-settings', view: settings });
    await learned.waitFor({ state: 'detached' });
    expect(await page.testId('setting-temperature').evaluate((field) => field === document.activeElement)).toBe(true);
  });
});

describe('the whole of a model’s settings', () => {
  it('says what is sent, what is not, and where a known value is from', async () => {
    await using page = await openPanel(
      withRows({ temperature: { value: 0.3 }, topP: { value: 0.5, support: 'refused' }, images: { value: false } }),
    );
    const states = await page.page
      .locator('.setting')
      .evaluateAll((rows) => rows.map((row) => row.querySelector('.setting-state')?.textContent));
    expect(states).toEqual([
      'Sent',
      'Left out',
      ...['Not sent', 'Not sent', 'Not sent', 'Not sent', 'Not sent', 'None'],
      ...['From the catalogue of 2026-11-10', 'From the catalogue of 2026-11-10', 'Yours'],
      'From the catalogue of 2026-11-10',
    ]);
  });

  it('stores JSON, lists, a switch and prices, and resets all of it', async () => {
    await using page = await openPanel(withRows({ temperature: { value: 0.3 } }));
    await page.testId('setting-extraBody').fill('{ "seed": }');
    await page.testId('setting-extraBody').blur();
    expect(await page.testId('settings-panel').textContent()).toContain('Line 1, column 11: ');
    await page.testId('setting-extraBody').fill('{ "seed": 7 }');
    await page.testId('setting-stop').fill('END\nSTOP');
    await page.testId('setting-stop').blur();
    await page.testId('setting-images').selectOption('false');
    await page.testId('setting-price').fill('2');
    await page.testId('setting-price-output').fill('8');
    await page.testId('setting-price-output').blur();
    await page.testId('reset-settings').click();
    const model = 'openai/gpt-5';
    expect(await page.posted()).toEqual([
      { type: 'change-setting', model, name: 'extraBody', value: { seed: 7 } },
      { type: 'change-setting', model, name: 'stop', value: ['END', 'STOP'] },
      { type: 'change-setting', model, name: 'images', value: false },
      { type: 'change-setting', model, name: 'price', value: { input: 2, output: 8 } },
      { type: 'reset-settings', model },
    ]);
  });

  it('shows the request as it will be sent', async () => {
    await using page = await openPanel();
    expect(await page.testId('preview-url').textContent()).toBe('https://api.openai.com/v1/chat/completions');
    const body = (await page.testId('preview-body').textContent()) ?? '';
    expect(JSON.stringify(JSON.parse(body))).toBe(settings.preview.kind === 'http' ? settings.preview.body : '');
  });
});
