import { describe, expect, it } from 'vitest';
import type { ModelView } from '../../../src/protocol/chat-view.ts';
import { useChatPages } from '../support/use-chat-pages.ts';
import { chat, model } from '../support/views.ts';

const open = useChatPages();

async function openList(models?: readonly ModelView[]) {
  const page = await open();
  await page.snapshot(chat(models === undefined ? {} : { models }));
  await page.posted();
  await page.testId('model-button').click();
  const active = () => page.page.locator('.option.active').getAttribute('data-model');
  return { page, active };
}

describe('model list', () => {
  it('shows the model in use on the button and has the list fresh when it is opened', async () => {
    const { page } = await openList();
    await using _ = page;
    expect(await page.testId('model-button').textContent()).toContain('GPT-5');
    expect(await page.posted()).toEqual([{ type: 'refresh-models' }]);
    expect(await page.testId('model-button').getAttribute('aria-expanded')).toBe('true');
    expect(await page.page.locator('[role="option"][aria-selected="true"]').getAttribute('data-model')).toBe(model.ref);
  });

  it('starts at the model in use and is worked with the keyboard alone', async () => {
    const { page, active } = await openList();
    await using _ = page;
    await page.posted();
    expect(await active()).toBe('openai/gpt-5');
    await page.page.keyboard.press('ArrowDown');
    expect(await active()).toBe('openai/gpt-5-mini');
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('ArrowUp');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([{ type: 'select-model', ref: 'openai/gpt-5-mini' }]);
    expect(await page.page.locator('.model-list').count()).toBe(0);
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('composer');
  });

  it('filters while typing, with the first hit at the cursor', async () => {
    const { page, active } = await openList();
    await using _ = page;
    await page.page.keyboard.type('claude hai');
    expect(await page.testId('model-option').count()).toBe(1);
    expect(await active()).toBe('anthropic/claude-haiku-4-5');
    const id = await page.page.getByRole('combobox').getAttribute('aria-activedescendant');
    expect(await page.page.locator(`#${id}`).getAttribute('data-model')).toBe('anthropic/claude-haiku-4-5');
    await page.page.keyboard.type('zzz');
    expect(await page.page.locator('.model-list').textContent()).toContain('No model matches');
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([{ type: 'refresh-models' }]);
  });

  it('shows why a model is unavailable and does not choose it', async () => {
    const { page } = await openList();
    await using _ = page;
    await page.posted();
    const option = page.page.locator('[data-model="inside/qwen2.5-coder-1.5b"]');
    expect(await option.textContent()).toContain('Not downloaded yet (1.1 GB)');
    expect(await option.getAttribute('aria-disabled')).toBe('true');
    await option.click({ force: true });
    expect(await page.posted()).toEqual([]);
    expect(await page.page.locator('.model-list').count()).toBe(1);
  });

  it('chooses on a click', async () => {
    const { page } = await openList();
    await using _ = page;
    await page.posted();
    await page.page.locator('[data-model="inside/smollm2-135m"]').click();
    expect(await page.posted()).toEqual([{ type: 'select-model', ref: 'inside/smollm2-135m' }]);
  });

  it('closes on Escape with the focus back on the button, and does not stop the reply', async () => {
    const { page } = await openList();
    await using _ = page;
    await page.delta({ type: 'busy', busy: true });
    await page.posted();
    await page.page.keyboard.press('Escape');
    expect(await page.page.locator('.model-list').count()).toBe(0);
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('model-button');
    expect(await page.posted()).toEqual([]);
  });

  it('closes when the user goes elsewhere and leaves the focus there', async () => {
    const { page } = await openList();
    await using _ = page;
    await page.testId('composer').click();
    expect(await page.page.locator('.model-list').count()).toBe(0);
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('composer');
  });

  it('is no keyboard trap: Tab goes on through it and out', async () => {
    const { page } = await openList();
    await using _ = page;
    const buttons = ['Pin GPT-5', 'Hide GPT-5', 'Settings of GPT-5'];
    for (const name of buttons) {
      await page.page.keyboard.press('Tab');
      expect(await page.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(name);
    }
    await page.page.keyboard.press('Tab');
    await page.page.keyboard.press('Tab');
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('composer');
    expect(await page.page.locator('.model-list').count()).toBe(0);
  });

  it('offers to add a provider, also when there is no model at all', async () => {
    const { page } = await openList([]);
    await using _ = page;
    await page.posted();
    expect(await page.page.locator('.model-list').textContent()).toContain('No models yet');
    await page.page.getByRole('button', { name: 'Add a provider' }).click();
    expect(await page.posted()).toEqual([{ type: 'error-action', command: 'addProvider' }]);
  });

  it('holds 300 models and keeps the one at the cursor in sight', async () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...model,
      ref: `p${index % 7}/m${index}`,
      provider: `P${index % 7}`,
      label: `Model ${index}`,
    }));
    const { page } = await openList([model, ...many]);
    await using _ = page;
    expect(await page.testId('model-option').first().getAttribute('aria-setsize')).toBe('301');
    for (let press = 0; press < 12; press++) await page.page.keyboard.press('PageDown');
    const inSight = await page.page.locator('.option.active').evaluate((option) => {
      const list = option.closest('.options')?.getBoundingClientRect();
      const own = option.getBoundingClientRect();
      return list !== undefined && own.top >= list.top && own.bottom <= list.bottom;
    });
    expect(inSight).toBe(true);
    await page.page.keyboard.type('model 299');
    expect(await page.testId('model-option').count()).toBe(1);
  });

  it('takes a fresh list while it is open', async () => {
    const { page } = await openList([model]);
    await using _ = page;
    await page.delta({ type: 'models', models: [model, { ...model, ref: 'openai/new', label: 'New one' }] });
    expect(await page.testId('model-option').count()).toBe(2);
  });
});

describe('the arrangement of the list', () => {
  async function openArranged() {
    const page = await open();
    await page.snapshot(chat({ shelf: { pinned: ['openai/gpt-5-mini', 'openai/gpt-5'], hidden: [], recent: [] } }));
    await page.testId('model-button').click();
    await page.posted();
    return page;
  }

  it('is changed by keyboard: pins, their order, what is hidden, and settings of any model', async () => {
    await using page = await openArranged();
    await page.page.keyboard.press('Alt+ArrowUp');
    await page.page.getByRole('button', { name: 'Move GPT-5 down' }).press('Enter');
    await page.page.getByRole('button', { name: 'Unpin GPT-5' }).press('Enter');
    await page.page.getByRole('button', { name: 'Hide GPT-5' }).press('Enter');
    expect(await page.posted()).toEqual([
      { type: 'move-pin', ref: 'openai/gpt-5', by: -1 },
      { type: 'move-pin', ref: 'openai/gpt-5', by: 1 },
      { type: 'pin-model', ref: 'openai/gpt-5', on: false },
      { type: 'hide-model', ref: 'openai/gpt-5', on: true },
    ]);
    await page.page.getByRole('combobox').fill('haiku');
    await page.page.getByRole('button', { name: 'Settings of Claude Haiku 4.5' }).press('Enter');
    expect(await page.posted()).toEqual([{ type: 'open-model-settings', model: 'anthropic/claude-haiku-4-5' }]);
  });

  it('shows hidden models when asked to, and counts them', async () => {
    await using page = await openArranged();
    await page.delta({ type: 'shelf', shelf: { pinned: [], hidden: ['inside/smollm2-135m'], recent: [] } });
    expect(await page.page.locator('[data-model="inside/smollm2-135m"]').count()).toBe(0);
    expect(await page.testId('show-hidden').textContent()).toBe('Show hidden (1)');
    await page.testId('show-hidden').click();
    await page.page.locator('[data-model="inside/smollm2-135m"]').waitFor();
  });
});
