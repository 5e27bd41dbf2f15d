import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { startVscodeServer, type VscodeServer, type VscodeServerOptions } from '../../test/support/vscode-server.ts';
import { openWorkbench } from '../../test/support/workbench.ts';
import { waitForStatusBarItem } from '../../test/support/workbench-parts.ts';
import { root, vsixFile } from '../setup/paths.ts';
import { pack } from './pack.ts';
import type { Typist } from './typing-burst.ts';
import { watchGhostText } from './typing-page.ts';
import { startTypingServer, type TypingServer } from './typing-server.ts';

export interface TypingWindow extends Typist, AsyncDisposable {
  readonly vscode: VscodeServer;
}

/** Another build than the last package may be looked at. */
const tutti = process.env['TUTTI_BENCH_VSIX'] ?? vsixFile;

/** Nothing else reacts to keys. */
const quiet = {
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
};

/** Tutti with a server of this machine, which costs nothing; Control+Alt+1 switches to the model in `modelFile`. */
export async function openLocal(folder: string, modelFile: string): Promise<TypingWindow> {
  const server = await startTypingServer();
  const run = { key: 'ctrl+alt+1', command: 'tutti.chooseModelFile', args: { role: 'completion', path: modelFile } };
  return openWindow(folder, server, 'Tutti completion model', {
    extensions: [tutti],
    settings: tuttiSettings(server, {}),
    keybindings: [run],
    env: { TUTTI_LLAMA_RUNTIME: join(root, `node_modules/@node-llama-cpp/linux-${process.arch}`) },
  });
}

/** Tutti with a server that is not this machine, as far as one can tell from its address, and has a price. */
export async function openPaid(folder: string): Promise<TypingWindow> {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const elsewhere = addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
  if (elsewhere === undefined) throw new Error('This machine has no address but the loopback.');
  const server = await startTypingServer(elsewhere);
  return openWindow(folder, server, 'Tutti completion model', {
    extensions: [tutti],
    settings: tuttiSettings(server, { price: { input: 1, output: 2 } }),
  });
}

/** The provider that asks its server at every key and does nothing else. */
export async function openBaseline(folder: string): Promise<TypingWindow> {
  const server = await startTypingServer();
  const provider = await pack(join(import.meta.dirname, 'asking-provider'), 'asking-provider');
  return openWindow(folder, server, 'asking provider', {
    extensions: [provider],
    settings: quiet,
    env: { TUTTI_BENCH_SERVER: server.url },
  });
}

function tuttiSettings(server: TypingServer, facts: object): Readonly<Record<string, unknown>> {
  const models = { knowing: { fim: 'infill', ...facts } };
  return {
    ...quiet,
    'tutti.providers': { bench: { vendor: 'openai-compatible', baseUrl: `${server.url}/v1`, models } },
    'tutti.roles': { completion: 'bench/knowing' },
  };
}

async function openWindow(
  folder: string,
  server: TypingServer,
  statusWhenActive: string,
  options: VscodeServerOptions,
): Promise<TypingWindow> {
  const vscode = await startVscodeServer(options);
  const workbench = await openWorkbench(vscode, { folder });
  await waitForStatusBarItem(workbench, statusWhenActive, 60_000);
  await watchGhostText(workbench);
  return {
    vscode,
    workbench,
    server,
    async [Symbol.asyncDispose]() {
      await workbench[Symbol.asyncDispose]();
      await vscode[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
