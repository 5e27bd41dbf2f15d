import type { Locator } from 'playwright-core';
import { doing, type Workbench, waitUntil } from './workbench.ts';

const widget = (workbench: Workbench): Locator => workbench.page.locator('.quick-input-widget');
const textBox = (workbench: Workbench): Locator => widget(workbench).locator('input:not([type=checkbox])').first();
const rows = (workbench: Workbench): Locator => widget(workbench).locator('.quick-input-list .monaco-list-row');

/** Runs a command from the palette by its full title, e.g. `Tutti: New Chat`. */
export async function runCommand(workbench: Workbench, title: string): Promise<void> {
  await doing(workbench, `run the command ${title}`, async () => {
    await openPalette(workbench, title);
    await pickQuickItem(workbench, title);
    // The command may open a quick input of its own, in the same place.
    await waitUntil(workbench, 'see the palette go', async () => {
      const gone = await widget(workbench).isHidden();
      return gone || !(await textBox(workbench).inputValue()).startsWith('>');
    });
  });
}

/** A page that is just being loaded swallows the key, or takes the keyboard and with it the palette away: one presses again. */
async function openPalette(workbench: Workbench, title: string): Promise<void> {
  await waitUntil(workbench, `open the palette for ${title}`, async () => {
    await workbench.page.keyboard.press('F1');
    const filled = textBox(workbench).fill(`>${title}`, { timeout: 3_000 });
    return filled.then(
      () => textBox(workbench).isVisible(),
      () => false,
    );
  });
}

/** Puts text into the open quick pick or input box. */
export async function fillQuickInput(workbench: Workbench, text: string): Promise<void> {
  await doing(workbench, `fill the quick input with ${text}`, () => textBox(workbench).fill(text));
}

/** Accepts what the quick input has. */
export async function acceptQuickInput(workbench: Workbench): Promise<void> {
  await quickInputShown(workbench);
  await workbench.page.keyboard.press('Enter');
}

/** The texts of the items shown, one string an item: label, description and detail as read aloud. */
export async function quickItems(workbench: Workbench): Promise<string[]> {
  await quickInputShown(workbench);
  return rows(workbench).evaluateAll((items) => items.map((item) => item.getAttribute('aria-label') ?? ''));
}

/** Waits for an item whose text starts with `label`, and takes it. */
export async function pickQuickItem(workbench: Workbench, label: string): Promise<void> {
  const item = await waitUntil(workbench, `find the quick pick item ${label}`, async () => {
    const all = await rows(workbench).all();
    const texts = await Promise.all(
      all.map((row) => row.getAttribute('aria-label', { timeout: 500 }).catch(() => null)),
    );
    // Exactly it, or it followed by a description, which VS Code joins with a comma.
    const position = texts.findIndex((text) => text === label || text?.startsWith(`${label},`));
    return position >= 0 && all[position];
  });
  await doing(workbench, `pick ${label}`, async () => {
    // Where the pointer rests on a row, a hover may lie over the others.
    await workbench.page.mouse.move(0, 0);
    await item.click();
  });
}

/** The title, the message and the placeholder of the open quick input, one a line. */
export async function quickInputPrompt(workbench: Workbench): Promise<string> {
  await quickInputShown(workbench);
  const words = await widget(workbench).locator('.quick-input-title, .quick-input-message').allTextContents();
  const placeholder = await textBox(workbench).getAttribute('placeholder');
  return [...words, placeholder ?? '']
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n');
}

export async function quickInputShown(workbench: Workbench): Promise<void> {
  await doing(workbench, 'see a quick input', () => widget(workbench).waitFor({ state: 'visible', timeout: 15_000 }));
}

export async function quickInputGone(workbench: Workbench): Promise<void> {
  await doing(workbench, 'see the quick input go', () =>
    widget(workbench).waitFor({ state: 'hidden', timeout: 15_000 }),
  );
}
