import { basename } from 'node:path';
import type { Locator } from 'playwright-core';
import { doing, type Workbench, waitUntil } from './workbench.ts';
import { acceptQuickInput, fillQuickInput, quickItems, runCommand } from './workbench-input.ts';

const editor = (workbench: Workbench): Locator =>
  workbench.page.locator('.editor-group-container.active .editor-instance');

/** Opens a file of the folder by its name, and gives it the focus. */
export async function openFile(workbench: Workbench, path: string): Promise<void> {
  await doing(workbench, `open ${path}`, async () => {
    await workbench.page.keyboard.press('ControlOrMeta+P');
    await fillQuickInput(workbench, path);
    // Read aloud with its folder, and with "unsaved changes" where there are some.
    const isIt = async (): Promise<boolean> => (await quickItems(workbench))[0]?.startsWith(basename(path)) ?? false;
    await waitUntil(workbench, `find ${path}`, isIt);
    await acceptQuickInput(workbench);
    await workbench.page.locator('.tab.active', { hasText: basename(path) }).waitFor();
    await editor(workbench).locator('.view-line').first().waitFor();
    await focusEditor(workbench);
  });
}

/** Gives the active editor the keyboard. */
export async function focusEditor(workbench: Workbench): Promise<void> {
  await doing(workbench, 'focus the editor', () =>
    editor(workbench).locator('.native-edit-context, textarea').first().focus(),
  );
}

/** Puts the cursor behind the last character of a line, counted from 1. */
export async function goToEndOfLine(workbench: Workbench, line: number): Promise<void> {
  await doing(workbench, `go to line ${line}`, async () => {
    await workbench.page.keyboard.press('Control+G');
    await fillQuickInput(workbench, `:${line}`);
    await workbench.page.keyboard.press('Enter');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await focusEditor(workbench);
    await workbench.page.keyboard.press('End');
  });
}

/** Types as a person does, key by key. */
export async function typeText(workbench: Workbench, text: string, delayMs = 0): Promise<void> {
  await workbench.page.keyboard.type(text, { delay: delayMs });
}

/** The text of the active editor as far as it is on the screen; ghost text is not part of it. */
export async function editorText(workbench: Workbench): Promise<string> {
  const lines = await editor(workbench)
    .locator('.view-lines .view-line')
    .evaluateAll((all) =>
      all
        .map((line) => {
          const copy = line.cloneNode(true);
          for (const ghost of copy.querySelectorAll('[class*="ghost-text"]')) ghost.remove();
          return { top: line.getBoundingClientRect().top, text: copy.textContent ?? '' };
        })
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

/** Waits until the active editor's text on the screen is exactly this. */
export async function waitForEditorText(workbench: Workbench, expected: string): Promise<void> {
  let seen = '';
  const same = async (): Promise<boolean> => {
    seen = await editorText(workbench);
    return seen === expected;
  };
  await waitUntil(workbench, 'see the expected text in the editor', same).catch((error: Error) => {
    throw new Error(`expected ${JSON.stringify(expected)}\nbut saw  ${JSON.stringify(seen)}\n${error.message}`);
  });
}

/** Writes the active file to disk, and waits until it is. */
export async function saveFile(workbench: Workbench): Promise<void> {
  await doing(workbench, 'save the file', async () => {
    await runCommand(workbench, 'File: Save');
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
  });
}

/** The inline completion on the screen, its lines joined by line ends; undefined when there is none. */
export async function ghostText(workbench: Workbench): Promise<string | undefined> {
  const first = await editor(workbench)
    .locator('.ghost-text-decoration, .ghost-text-decoration-preview')
    .allTextContents();
  const more = await editor(workbench).locator('.view-zones .suggest-preview-text .view-line').allTextContents();
  if (first.length === 0 && more.length === 0) return undefined;
  return [first.join(''), ...more].join('\n').replaceAll('\u00a0', ' ');
}

/** Waits for an inline completion, and returns it. */
export function waitForGhostText(workbench: Workbench, timeoutMs?: number): Promise<string> {
  return waitUntil(workbench, 'see ghost text', () => ghostText(workbench), timeoutMs);
}

/** Waits for this inline completion: between two keys another is rightly seen for a moment. */
export async function seeGhostText(workbench: Workbench, text: string): Promise<void> {
  await waitUntil(workbench, `see the ghost text ${text}`, async () => (await ghostText(workbench)) === text);
}

/** Waits until no inline completion is shown. */
export async function waitForNoGhostText(workbench: Workbench): Promise<void> {
  await waitUntil(workbench, 'see the ghost text go', async () => (await ghostText(workbench)) === undefined);
}
