import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from './fake-vendor.ts';
import { openTutti, type TuttiWindow, type TuttiWindowOptions } from './tutti-window.ts';
import { ghostText, goToEndOfLine, openFile, typeText, waitForEditorText } from './workbench-editor.ts';
import { runCommand } from './workbench-input.ts';
import { waitForNotification, waitForStatusBarItem } from './workbench-parts.ts';

/** A window in which the model `fim` completes, and what tests do in it. */
export interface CompletionWindow {
  readonly tutti: TuttiWindow;
  readonly vendor: FakeVendor;
  press(key: string): Promise<void>;
  type(text: string, delayMs?: number): Promise<void>;
  /** How many requests the model has had. */
  asked(): number;
  /** Waits for exactly this ghost text. */
  shows(text: string): Promise<void>;
  /** Waits until exactly this stands in the editor. */
  reads(text: string): Promise<void>;
  /** Long enough for the editor to ask and for the engine to send. */
  settle(): Promise<void>;
  /** Opens a file with the cursor at the end of a line, counted from 1. */
  openAt(file: string, line: number): Promise<void>;
  onDisk(file: string): Promise<string>;
  /** Waits until “Why No Suggestion?” answers with these words. */
  why(words: string): Promise<void>;
}

/** The provider `fim` with its one model. */
export const fimProvider = (vendor: FakeVendor): object => ({
  vendor: 'openai-compatible',
  baseUrl: `${vendor.url}/v1`,
  models: { fim: { fim: 'infill' } },
});

/** Settings in which nothing but the model `fim` suggests. */
export const fimSettings = (vendor: FakeVendor): Readonly<Record<string, unknown>> => ({
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'tutti.providers': { fim: fimProvider(vendor) },
  'tutti.roles': { completion: 'fim/fim' },
});

/** Opens the window before the tests of the suite around it, and closes it after them; `settings` come over `fimSettings`. */
export function completionWindow(
  options: (vendor: FakeVendor) => TuttiWindowOptions | Promise<TuttiWindowOptions>,
): CompletionWindow {
  let vendor: FakeVendor | undefined;
  let tutti: TuttiWindow | undefined;
  const opened = <T>(it: T | undefined): T => {
    if (it === undefined) throw new Error('The window is not open yet.');
    return it;
  };
  const on: CompletionWindow = {
    get tutti() {
      return opened(tutti);
    },
    get vendor() {
      return opened(vendor);
    },
    press: (key) => on.tutti.workbench.page.keyboard.press(key),
    type: (text, delayMs = 0) => typeText(on.tutti.workbench, text, delayMs),
    asked: () => on.vendor.bodies().length,
    shows: (text) => expect.poll(() => ghostText(on.tutti.workbench), { timeout: 15_000 }).toBe(text),
    reads: (text) => waitForEditorText(on.tutti.workbench, text),
    settle: () => on.tutti.workbench.page.waitForTimeout(600),
    openAt: async (file, line) => {
      await openFile(on.tutti.workbench, file);
      await goToEndOfLine(on.tutti.workbench, line);
    },
    onDisk: (file) => readFile(join(on.tutti.folder, file), 'utf8'),
    why: async (words) => {
      await runCommand(on.tutti.workbench, 'Notifications: Clear All Notifications');
      await runCommand(on.tutti.workbench, 'Tutti: Why No Suggestion?');
      await waitForNotification(on.tutti.workbench, words);
    },
  };

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['fim']);
    const { settings, ...others } = await options(vendor);
    tutti = await openTutti({ ...others, settings: { ...fimSettings(vendor), ...settings } });
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: fim', 60_000);
  });
  afterEach(() => {
    if (!vendor) return;
    vendor.answers.length = 0;
    vendor.always = null;
  });
  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });
  return on;
}
