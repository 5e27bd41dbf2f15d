import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/setup/chromium.ts';
import { testResults } from '../../scripts/setup/paths.ts';
import type { VscodeServer } from './vscode-server.ts';

/** VS Code's window in a browser. Disposing closes the browser it started. */
export interface Workbench extends AsyncDisposable {
  readonly page: Page;
  readonly server: VscodeServer;
  /** What the browser's console said, newest last. */
  readonly consoleLines: readonly string[];
}

export interface WorkbenchOptions {
  /** The folder to open, an absolute path. */
  readonly folder: string;
  /** A profile to share with another window; secrets and extensions' small state live in it. Unset: a fresh one. */
  readonly profile?: BrowserContext;
  readonly size?: { readonly width: number; readonly height: number };
  /** Extension-development pairs of the URL, see extension-host.ts. */
  readonly payload?: readonly (readonly [string, string])[];
}

const chromiumFlags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update', '--force-color-profile=srgb'],
];

/** A fresh browser with an empty profile; end it with closeProfile. */
export async function newProfile(): Promise<BrowserContext> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found: run npm test, or set TUTTI_CHROMIUM.');
  const browser = await chromium.launch({ executablePath, headless: true, args: chromiumFlags });
  return browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
}

/** Ends a profile and its browser. */
export async function closeProfile(profile: BrowserContext): Promise<void> {
  await profile.browser()?.close();
}

/** Opens a window and waits until the workbench stands; the extension host starts a moment later. */
export async function openWorkbench(server: VscodeServer, options: WorkbenchOptions): Promise<Workbench> {
  const profile = options.profile ?? (await newProfile());
  const page = await profile.newPage();
  await page.setViewportSize(options.size ?? { width: 1400, height: 900 });
  const consoleLines: string[] = [];
  page.on('console', (message) => consoleLines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => consoleLines.push(`page error: ${error.message}`));

  const workbench: Workbench = {
    page,
    server,
    consoleLines,
    async [Symbol.asyncDispose]() {
      await (options.profile === undefined ? closeProfile(profile) : page.close());
    },
  };
  await doing(workbench, 'open the workbench', async () => {
    await page.goto(workbenchUrl(server, options));
    await workbenchStands(page);
  });
  return workbench;
}

/** The address of a window on a folder, or on the folders a `.code-workspace` file names. */
export function workbenchUrl(server: VscodeServer, { folder, payload = [] }: WorkbenchOptions): string {
  const query = new URLSearchParams(folder.endsWith('.code-workspace') ? { workspace: folder } : { folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${server.port}/?${query}`;
}

/** Developer: Reload Window, as a browser does it. */
export async function reload(workbench: Workbench): Promise<void> {
  await doing(workbench, 'reload the window', async () => {
    await workbench.page.reload();
    await workbenchStands(workbench.page);
  });
}

const workbenchStands = async (page: Page): Promise<void> => {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
};

/** Asks again and again until the answer is not undefined or false; then returns it. */
export async function waitUntil<T>(
  workbench: Workbench,
  what: string,
  probe: () => Promise<T | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  return doing(workbench, what, async () => {
    for (const deadline = performance.now() + timeoutMs; performance.now() < deadline; await pause(30)) {
      const answer = await probe();
      if (answer !== undefined && answer !== false) return answer;
    }
    throw new Error(`not within ${timeoutMs / 1000} s`);
  });
}

/** Does something in the window; a failure says what was tried, and comes with a screenshot and the end of the logs. */
export async function doing<T>(workbench: Workbench, what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const picture = await screenshot(workbench, `failed-${what}`).catch((reason) => `none (${reason})`);
    const reason = error instanceof Error ? error.message : String(error);
    const log = await workbench.server.logTail();
    throw new WorkbenchError(`Could not ${what}: ${reason}\nscreenshot: ${picture}\n${log}`, { cause: error });
  }
}

class WorkbenchError extends Error {}

/** Saves what the window looks like under test-results/; returns the file's path. */
export async function screenshot({ page }: Workbench, name: string): Promise<string> {
  const path = join(testResults, `${name.replace(/[^\w-]+/g, '-').slice(0, 80)}.png`);
  await mkdir(testResults, { recursive: true });
  await page.screenshot({ path });
  return path;
}
