// npm run screenshot: takes the README's picture, media/screenshot.png, from a real VS Code with the tiny model inside.
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runtimePackage } from '../test/support/inference-bundle.ts';
import { replied, send } from '../test/support/tutti-window.ts';
import { startVscodeServer, userFolderOf } from '../test/support/vscode-server.ts';
import { openWorkbench } from '../test/support/workbench.ts';
import { goToEndOfLine, openFile, typeText, waitForGhostText } from '../test/support/workbench-editor.ts';
import { openChat, themeSettings, waitForStatusBarItem } from '../test/support/workbench-parts.ts';
import { buildForRelease } from './build/build.ts';
import { packageExtension } from './build/package.ts';
import { root, vsixFile } from './setup/paths.ts';
import { step } from './setup/step.ts';
import { prepareTinyModel } from './setup/tiny-model.ts';
import { seedModel } from './start/seed.ts';

await step('Build', buildForRelease);
await step('Package', packageExtension);
await step('Tiny model', prepareTinyModel);

const dataFolder = await mkdtemp(join(tmpdir(), 'tutti-screenshot-'));
const workspace = join(dataFolder, 'tasks');
await cp(join(root, 'scripts/sample-workspace'), workspace, { recursive: true });
await seedModel(join(userFolderOf(dataFolder), 'globalStorage/tutti.tutti'));

await using server = await startVscodeServer({
  dataFolder,
  extensions: [vsixFile],
  env: { TUTTI_LLAMA_RUNTIME: runtimePackage },
  settings: { ...themeSettings('dark'), 'tutti.models': { 'embedded/smollm2-135m-instruct': { temperature: 0 } } },
});
await using workbench = await openWorkbench(server, { folder: workspace, size: { width: 1280, height: 800 } });
await waitForStatusBarItem(workbench, 'Tutti chat model', 60_000);
const chat = await openChat(workbench);
// The side bar, dragged to the width people give it.
const { mouse } = workbench.page;
await mouse.move(348, 400);
await mouse.down();
await mouse.move(500, 400, { steps: 5 });
await mouse.up();
await mouse.move(900, 600);
await send(chat, 'What is a unit test good for? Answer in two sentences.');
await replied(chat);
await openFile(workbench, 'shopping-cart.ts');
await goToEndOfLine(workbench, 20);
// With its bracket opened last, so that the editor's own closing of brackets is in the picture, too.
await typeText(workbench, '\nexport function count(items: readonly Item[]): number {\n');
await waitForGhostText(workbench, 30_000);
await workbench.page.screenshot({ path: join(root, 'media/screenshot.png') });
