import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vsixFile } from '../../scripts/setup/paths.ts';
import type { TestedConnection } from '../../src/host/test-connection.ts';
import { askExtensionHost } from './extension-host.ts';
import { startVscodeServer } from './vscode-server.ts';

const module = join(import.meta.dirname, '../host/inside/test-connection.ts');

/** What `Tutti: Test Connection` answers in a real VS Code with these user settings, for each of the arguments in turn. */
export async function testConnections(
  settings: Readonly<Record<string, unknown>>,
  ...testArguments: readonly unknown[]
): Promise<readonly TestedConnection[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-folder-'));
  await using server = await startVscodeServer({ extensions: [vsixFile], runsModules: true, settings });
  const env = { TUTTI_ARGUMENTS: JSON.stringify(testArguments) };
  const answers = await askExtensionHost(server, { folder, module, env });
  await rm(folder, { recursive: true, force: true });
  return answers as readonly TestedConnection[];
}
