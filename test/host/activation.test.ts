import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, vsixFile } from '../../scripts/setup/paths.ts';
import { askExtensionHost } from '../support/extension-host.ts';
import { startVscodeServer } from '../support/vscode-server.ts';
import type { Activation } from './inside/activation.ts';

const manifest: { contributes: { commands: { command: string }[] } } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

it('the packaged extension starts by itself and registers every command of its manifest', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-folder-'));
  await using server = await startVscodeServer({ extensions: [vsixFile], runsModules: true });
  const module = join(import.meta.dirname, 'inside/activation.ts');
  const { installed, active, commands } = (await askExtensionHost(server, { folder, module })) as Activation;

  expect(installed).toBe(true);
  expect(active, await server.logTail()).toBe(true);
  expect(commands).toEqual(expect.arrayContaining(manifest.contributes.commands.map(({ command }) => command)));
  await rm(folder, { recursive: true });
});
