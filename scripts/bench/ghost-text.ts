// From a key to ghost text on the screen, beside a provider that has its answer at once. The model's server answers
// in no time and Tutti's own pause is off, so what remains is Tutti: context, prompt, HTTP, filters.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sseData, startHttpServer } from '../../test/support/http-server.ts';
import { startVscodeServer, type VscodeServer } from '../../test/support/vscode-server.ts';
import { openWorkbench, type Workbench } from '../../test/support/workbench.ts';
import {
  goToEndOfLine,
  openFile,
  typeText,
  waitForGhostText,
  waitForNoGhostText,
} from '../../test/support/workbench-editor.ts';
import { waitForStatusBarItem } from '../../test/support/workbench-parts.ts';
import { vsixFile } from '../setup/paths.ts';
import { median, printFigure } from './figure.ts';
import { pack } from './pack.ts';

const warmUps = 10;
const rounds = 40;
const answer = 'lpha(1);';
const lines = Array.from({ length: warmUps + rounds }, (_, index) => `const value${index} = `);

/** Nothing else reacts to keys. */
const quiet = {
  'editor.autoClosingBrackets': 'never',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
};

/** Runs in the page: remembers when the last key went down and when ghost text was first in the document after it. */
const stopwatch = `
  addEventListener('keydown', () => {
    window.keyAt = performance.now();
    window.ghostAt = undefined;
  }, true);
  new MutationObserver(() => {
    if (window.ghostAt === undefined && document.querySelector('.ghost-text-decoration')) window.ghostAt = performance.now();
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
`;

await using model = await startHttpServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(sseData({ choices: [{ index: 0, text: answer, finish_reason: 'stop' }] }) + sseData('[DONE]'));
});
const tuttiSettings = {
  'tutti.providers': {
    bench: { vendor: 'openai-compatible', baseUrl: `${model.url}/v1`, models: { instant: { fim: 'infill' } } },
  },
  'tutti.roles': { completion: 'bench/instant' },
  'tutti.completion.delayMs': 0,
};

const folder = await mkdtemp(join(tmpdir(), 'tutti-bench-'));
await writeFile(join(folder, 'values.ts'), `${lines.join('\n')}\n`);
const emptyProvider = await pack(join(import.meta.dirname, 'empty-provider'), 'empty-provider');
await using emptyServer = await startVscodeServer({ extensions: [emptyProvider], settings: quiet });
await using tuttiServer = await startVscodeServer({ extensions: [vsixFile], settings: { ...quiet, ...tuttiSettings } });
await using emptyWindow = await openWindow(emptyServer, 'empty provider');
await using tuttiWindow = await openWindow(tuttiServer, 'Tutti completion model');

const empty: number[] = [];
const tutti: number[] = [];
for (let line = 1; line <= lines.length; line += 1) {
  const [emptyTime, tuttiTime] = [await keyToGhostText(emptyWindow, line), await keyToGhostText(tuttiWindow, line)];
  if (line <= warmUps) continue;
  empty.push(emptyTime);
  tutti.push(tuttiTime);
}
await rm(folder, { recursive: true });
if (model.seen.length < lines.length) throw new Error(`only ${model.seen.length} of ${lines.length} went to the model`);
printFigure({ what: 'key to ghost text', unit: 'ms', tutti: median(tutti), without: median(empty), limit: 15 });

async function openWindow(server: VscodeServer, statusWhenActive: string): Promise<Workbench> {
  const workbench = await openWorkbench(server, { folder });
  await waitForStatusBarItem(workbench, statusWhenActive, 60_000);
  await openFile(workbench, 'values.ts');
  await workbench.page.evaluate(stopwatch);
  return workbench;
}

/** Milliseconds from a key, typed where nothing was asked for before, to the suggestion. It is left without Escape, which would ask for silence. */
async function keyToGhostText(workbench: Workbench, line: number): Promise<number> {
  await goToEndOfLine(workbench, line);
  await waitForNoGhostText(workbench);
  await typeText(workbench, 'a');
  const text = await waitForGhostText(workbench);
  if (text !== answer) throw new Error(`expected ${answer}, saw ${text}`);
  const time = await workbench.page.evaluate('window.ghostAt - window.keyAt');
  return Number(time);
}
