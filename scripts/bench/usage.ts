// From the command to painted charts with 10,000 requests in the ledger, beside a webview panel with nothing in it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeUsageRows } from '../../test/support/usage-rows.ts';
import { startVscodeServer, userFolderOf } from '../../test/support/vscode-server.ts';
import { openWorkbench, type Workbench, waitUntil } from '../../test/support/workbench.ts';
import { waitForStatusBarItem } from '../../test/support/workbench-parts.ts';
import { vsixFile } from '../setup/paths.ts';
import { median, printFigure } from './figure.ts';
import { pack } from './pack.ts';

const warmUps = 2;
const rounds = 12;

const folder = await mkdtemp(join(tmpdir(), 'tutti-bench-'));
const dataFolder = await mkdtemp(join(tmpdir(), 'tutti-bench-data-'));
// Before the server, so that it goes after it.
await using _folders = {
  async [Symbol.asyncDispose]() {
    for (const path of [folder, dataFolder]) await rm(path, { recursive: true, force: true, maxRetries: 5 });
  },
};
const database = join(userFolderOf(dataFolder), 'globalStorage/tutti.tutti/tutti.db');
await writeUsageRows(database, 10_000, 29, Date.now());
const emptyPanel = await pack(join(import.meta.dirname, 'empty-panel'), 'empty-panel');
const keybindings = [
  { key: 'ctrl+alt+1', command: 'tutti-test.openPanel' },
  { key: 'ctrl+alt+2', command: 'tutti.showUsage' },
];
await using server = await startVscodeServer({ dataFolder, extensions: [vsixFile, emptyPanel], keybindings });
await using workbench = await openWorkbench(server, { folder });
await waitForStatusBarItem(workbench, 'empty panel', 60_000);
await waitForStatusBarItem(workbench, 'Tutti chat model', 60_000);
// Runs in every frame, the panels' own among them, and before anything of theirs.
await workbench.page.addInitScript(`
  // The page is written into its frame later on, which ends what observes the document before.
  const timer = setInterval(() => {
    if (!document.querySelector('.painted, .series')) return;
    clearInterval(timer);
    // The frame after the next one begins when what is there now has been painted.
    requestAnimationFrame(() => requestAnimationFrame(() => { window.paintedAt = Date.now(); }));
  }, 1);
`);
await workbench.page.evaluate(`addEventListener('keydown', () => { window.keyAt = Date.now(); }, true)`);

const empty: number[] = [];
const usage: number[] = [];
for (let round = 0; round < warmUps + rounds; round++) {
  const [emptyTime, usageTime] = [
    await keyToPaint(workbench, 'Control+Alt+1', '.painted'),
    await keyToPaint(workbench, 'Control+Alt+2', '.series'),
  ];
  if (round < warmUps) continue;
  empty.push(emptyTime);
  usage.push(usageTime);
}
printFigure({ what: 'usage opened and charted', unit: 'ms', tutti: median(usage), without: median(empty), limit: 200 });
console.log(
  `  all rounds: ${usage.map((time) => time.toFixed(0)).join(' ')}; empty: ${empty.map((time) => time.toFixed(0)).join(' ')}`,
);

/** Milliseconds from the key that runs the command until the page has painted `mark`; closes the tab afterwards. */
async function keyToPaint({ page }: Workbench, key: string, mark: string): Promise<number> {
  await page.keyboard.press(key);
  const paintedAt = await waitUntil(workbench, `see ${mark}`, async () => {
    for (const frame of page.frames()) {
      const at = await frame
        .evaluate<unknown>(`document.querySelector('${mark}') ? window.paintedAt : undefined`)
        .catch(() => undefined);
      if (typeof at === 'number') return at;
    }
    return undefined;
  });
  const keyAt = Number(await page.evaluate('window.keyAt'));
  await page.locator('.tab.active').click({ button: 'middle' });
  await page.locator('.tab.active').waitFor({ state: 'detached' });
  return paintedAt - keyAt;
}
