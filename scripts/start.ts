// npm start: prepares everything and serves Tutti in a real VS Code, to be opened in a browser. Ctrl+C ends it.
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runtimePackage } from '../test/support/inference-bundle.ts';
import { startVscodeServer, userFolderOf } from '../test/support/vscode-server.ts';
import { buildForRelease } from './build/build.ts';
import { packageExtension } from './build/package.ts';
import { developmentFolder, root, vsixFile } from './setup/paths.ts';
import { step } from './setup/step.ts';
import { prepareTinyModel } from './setup/tiny-model.ts';
import { prepareVscodeHost } from './setup/vscode-host.ts';
import { seedModel } from './start/seed.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8321' } } });

// What is done in the workspace and in VS Code's settings stays from start to start; deleting the folder starts afresh.
const dataFolder = join(developmentFolder, 'start');
const workspace = join(dataFolder, 'workspace');

await step('VS Code', prepareVscodeHost);
await step('Build', buildForRelease);
await step('Package', packageExtension);
// Without it everything else can still be tried.
await step('Tiny model', prepareTinyModel)
  .then(() => step('Model inside', () => seedModel(join(userFolderOf(dataFolder), 'globalStorage/tutti.tutti'))))
  .catch(() => undefined);
if (!existsSync(workspace)) await cp(join(root, 'scripts/sample-workspace'), workspace, { recursive: true });

const port = (await isFree(Number(values.port))) ? Number(values.port) : 0;
// llama.cpp's compiled files, which the extension fetches elsewhere, are among our dependencies.
const env = existsSync(runtimePackage) ? { TUTTI_LLAMA_RUNTIME: runtimePackage } : {};
const server = await startVscodeServer({ dataFolder, extensions: [vsixFile], port, env });

console.log(`
  Tutti is ready. Open this in a browser:

      http://127.0.0.1:${server.port}/?folder=${workspace}

  Ctrl+C ends it. npm start is quick from now on.
`);

const asked = new Promise<'asked'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve('asked'));
});
const ending = await Promise.race([asked, server.ended]);
if (ending !== 'asked') console.error(`VS Code’s server has ended by itself:\n${await server.logTail()}`);
await server[Symbol.asyncDispose]();
process.exit(ending === 'asked' ? 0 : 1);

/** The same port at every start, where possible: the browser keeps keys and window layout by address. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
