import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { writeUsageRows } from '../support/usage-rows.ts';
import { userFolderOf } from '../support/vscode-server.ts';
import { doing, reload, screenshot, type Workbench, waitUntil } from '../support/workbench.ts';
import { acceptQuickInput, quickInputShown, runCommand } from '../support/workbench-input.ts';
import {
  openChat,
  reloadWithSettings,
  type Theme,
  themeSettings,
  waitForNotification,
  waitForStatusBarItem,
  waitForTheme,
} from '../support/workbench-parts.ts';

/** The page in the editor's tab; the chat's is one of a view. */
function usagePage({ page }: Workbench): FrameLocator {
  return page
    .frameLocator('iframe.webview.ready[src*="extensionId=tutti.tutti"]:not([src*="purpose=webviewView"])')
    .frameLocator('iframe#active-frame');
}

async function showUsage(workbench: Workbench): Promise<FrameLocator> {
  await runCommand(workbench, 'Tutti: Show Usage');
  const page = usagePage(workbench);
  await doing(workbench, 'see the usage', () => page.getByRole('heading', { name: 'Usage' }).waitFor());
  return page;
}

/** Waits until the page counts so many. */
function requests(page: FrameLocator, count: number): Promise<void> {
  return page.getByTestId('total-requests').getByText(String(count), { exact: true }).waitFor({ timeout: 60_000 });
}

/** A browser may not write when its page is left: what VS Code keeps of the editors it writes every few seconds. */
function isKept({ page }: Workbench, text: string): Promise<boolean> {
  return page.evaluate<boolean>(`(async (text) => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const kept = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db')) continue;
      const database = await done(indexedDB.open(name));
      kept.push(...(await done(database.transaction('ItemTable').objectStore('ItemTable').getAll())));
      database.close();
    }
    return kept.some((value) => typeof value === 'string' && value.includes('tutti.usage') && value.includes(text));
  })(${JSON.stringify(text)})`);
}

/** The tiles' texts, a line each. */
async function totals(page: FrameLocator): Promise<readonly string[]> {
  const tiles = await page.locator('.total').all();
  return Promise.all(tiles.map(async (tile) => (await tile.locator('dt, dd').allTextContents()).join(' · ')));
}

describe('requests to a vendor', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let page: FrameLocator;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['gpt-test', 'gpt-small']);
    tutti = await openTutti({
      settings: {
        'tutti.providers': {
          cloud: {
            vendor: 'openai-compatible',
            baseUrl: `${vendor.url}/v1`,
            models: { 'gpt-test': { price: { input: 10_000, output: 20_000 } } },
          },
        },
        'tutti.roles': { chat: 'cloud/gpt-test' },
        'tutti.budget.perDay': 1000,
      },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.switchModel', args: { role: 'chat', model: 'cloud/gpt-small' } },
      ],
    });
    const chat = await openChat(tutti.workbench);
    await send(chat, 'one');
    await replied(chat);
    await send(chat, 'two');
    await replied(chat);
    vendor.answers.push({
      raw: (response) => {
        response.writeHead(401, { 'content-type': 'application/json' });
        response.end('{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}');
      },
    });
    await send(chat, 'three');
    await reply(chat).getByTestId('retry').waitFor();
    await tutti.workbench.page.keyboard.press('Control+Alt+1');
    await waitForStatusBarItem(tutti.workbench, 'gpt-small');
    await send(chat, 'four');
    await replied(chat);
    page = await showUsage(tutti.workbench);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  it('are summed', async () => {
    const [cost, requests, input, output, , errors] = await totals(page);
    expect({ cost, requests, input, output, errors }).toEqual({
      cost: 'Cost · $0.52',
      requests: 'Requests · 4',
      input: 'Tokens in · 36',
      output: 'Tokens out · 21',
      errors: 'Errors · 25% · 1 request failed',
    });
    expect(await page.getByTestId('budget').innerText()).toMatch(/Today\s+\$0.52 of \$1,000.00/);
  });

  it('are filtered by model, and the filter outlives a reload of the window', async () => {
    await page.getByTestId('filter-model').selectOption({ label: 'cloud/gpt-small' });
    await requests(page, 1);
    await waitUntil(tutti.workbench, 'see the filter kept', () => isKept(tutti.workbench, 'cloud/gpt-small'));
    await reload(tutti.workbench);
    page = usagePage(tutti.workbench);
    await doing(tutti.workbench, 'see the usage again', () => requests(page, 1));
    expect(await page.getByTestId('filter-model').inputValue()).toBe('model cloud/gpt-small');
  });

  it('are counted anew on demand, and exported', async () => {
    await page.getByTestId('filter-model').selectOption({ label: 'All models' });
    await requests(page, 4);
    await page.getByRole('button', { name: 'CSV' }).click();
    await quickInputShown(tutti.workbench);
    await acceptQuickInput(tutti.workbench);
    await waitForNotification(tutti.workbench, 'Usage was written to');
    const lines = (await readFile(join(tutti.folder, 'tutti-usage-30-days.csv'), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^time,role,chat,model,/);
    const fields = lines.slice(1).map((line) => line.split(','));
    const column = (name: string): readonly string[] =>
      fields.map((line) => line[lines[0]?.split(',').indexOf(name) ?? -1] ?? '');
    expect(column('model')).toEqual(['cloud/gpt-test', 'cloud/gpt-test', 'cloud/gpt-test', 'cloud/gpt-small']);
    expect(column('costUsd').map(Number)).toEqual([0.26, 0.26, 0, 0]);
    expect(column('outcome')).toEqual(['stop', 'stop', 'authentication', 'stop']);
  });
});

describe('a month of a busy developer', () => {
  const settings = { 'tutti.budget.perDay': 5, 'tutti.budget.perMonth': 60 };
  let tutti: TuttiWindow;
  let dataFolder: string;

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'tutti-usage-'));
    const database = join(userFolderOf(dataFolder), 'globalStorage/tutti.tutti/tutti.db');
    await writeUsageRows(database, 10_000, 29, Date.now());
    tutti = await openTutti({ dataFolder, settings });
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await rm(dataFolder, { recursive: true, force: true });
  });

  it.each<Theme>(['light', 'dark', 'high-contrast'])('is accessible in the %s theme', async (theme) => {
    const { workbench } = tutti;
    await workbench.page.setViewportSize({ width: 1400, height: 1000 });
    await reloadWithSettings(workbench, { ...settings, ...themeSettings(theme) });
    await waitForTheme(workbench, theme);
    await waitForStatusBarItem(workbench, 'Tutti chat model', 60_000);
    const page = await showUsage(workbench);
    await page.locator('.series').first().waitFor();
    expect(await violations(workbench)).toEqual([]);
    await screenshot(workbench, `usage-${theme}`);
    await page.getByRole('heading', { name: 'By model', exact: true }).scrollIntoViewIfNeeded();
    await page.getByTestId('model-table').locator('tr').last().scrollIntoViewIfNeeded();
    await screenshot(workbench, `usage-models-${theme}`);
  });
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in the page, one line each. */
async function violations(workbench: Workbench): Promise<readonly string[]> {
  const frames = workbench.page.frames().filter((candidate) => candidate.url().includes('fake.html'));
  const found = await waitUntil(workbench, 'find the frame of the usage', async () => {
    for (const frame of frames) if (await frame.locator('[data-testid="usage"]').count()) return frame;
    return undefined;
  });
  await found.evaluate(axe);
  return found.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))`,
  );
}
