import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, tail } from '../../scripts/setup/run.ts';
import { vscodeServerMain } from '../../scripts/setup/vscode-host.ts';

export interface VscodeServerOptions {
  /** Where its data lives; unset: a fresh folder that is deleted at the end. */
  readonly dataFolder?: string;
  /** Packages (.vsix) to install before it starts. */
  readonly extensions?: readonly string[];
  /** User settings besides `calmSettings`. Unset: what the data folder has from before stays. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** User keybindings; the way to run a command with an argument. */
  readonly keybindings?: readonly Keybinding[];
  /** Environment of the server and the extension hosts besides our own; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** 0: any free one. A browser's secrets belong to the port, so a restart that needs them keeps it. */
  readonly port?: number;
  /** false: VS Code asks whether the folder is trusted, as it does at home. */
  readonly trustsEveryFolder?: boolean;
  /** true: an address may name a module to run in the extension host (extension-host.ts); no notifications are shown then. */
  readonly runsModules?: boolean;
}

export interface Keybinding {
  readonly key: string;
  readonly command: string;
  readonly when?: string;
  readonly args?: unknown;
}

/** A running VS Code server; its workbench is opened with a browser (workbench.ts). Disposing ends everything it started. */
export interface VscodeServer extends AsyncDisposable {
  readonly port: number;
  readonly dataFolder: string;
  readonly userFolder: string;
  /** `tutti.tutti`'s folder for what is kept across workspaces. */
  readonly globalStorage: string;
  /** The user's settings.json as it stands on disk. */
  readUserSettings(): Promise<Readonly<Record<string, unknown>>>;
  /** Writes the whole user settings.json (calmSettings included); a running window takes it up when it is reloaded. */
  writeSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Process ids of the extension hosts running now. */
  extensionHosts(): Promise<readonly number[]>;
  /** Resolves when the server's process is gone. */
  readonly ended: Promise<void>;
  /** The end of what the server, the extension hosts and Tutti have logged. */
  logTail(lines?: number): Promise<string>;
}

/** Nothing that moves, asks or phones by itself, and none of VS Code's own AI in the way. */
const calmSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  // One request a chat more, at a time of its own.
  'tutti.history.titles': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Starts a real VS Code server and waits until it answers. */
export async function startVscodeServer(options: VscodeServerOptions = {}): Promise<VscodeServer> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'tutti-vscode-')));
  const userFolder = userFolderOf(dataFolder);
  const writeSettings = (settings: Readonly<Record<string, unknown>>): Promise<void> =>
    writeFile(join(userFolder, 'settings.json'), JSON.stringify({ ...calmSettings, ...settings }, null, 2));

  await mkdir(userFolder, { recursive: true });
  if (options.settings !== undefined || !existsSync(join(userFolder, 'settings.json')))
    await writeSettings(options.settings ?? {});
  if (options.keybindings !== undefined)
    await writeFile(join(userFolder, 'keybindings.json'), JSON.stringify(options.keybindings, null, 2));
  await installExtensions(dataFolder, options.extensions ?? []);

  const child = spawn(process.execPath, [vscodeServerMain, ...folderFlags(dataFolder), ...serverFlags(options)], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that it can be ended with everything it starts
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const output: string[] = [];
  const port = await listeningPort(child, output);

  return {
    port,
    dataFolder,
    userFolder,
    globalStorage: join(userFolder, 'globalStorage/tutti.tutti'),
    readUserSettings: async () => JSON.parse(await readFile(join(userFolder, 'settings.json'), 'utf8')),
    writeSettings,
    extensionHosts: () => extensionHostsOf(child),
    ended,
    logTail: async (lines = 40) =>
      tail([...output, ...(await extensionHostLogs(join(dataFolder, 'server/data/logs')))].join(''), lines),
    async [Symbol.asyncDispose]() {
      await endGroup(child);
      if (options.dataFolder === undefined) await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Where VS Code keeps the user's settings and the extensions' storage. */
export const userFolderOf = (dataFolder: string): string => join(dataFolder, 'server/data/User');

const folderFlags = (dataFolder: string): string[] => [
  '--accept-server-license-terms',
  ...['--server-data-dir', join(dataFolder, 'server')],
  ...['--extensions-dir', join(dataFolder, 'extensions')],
];

const serverFlags = ({ port = 0, trustsEveryFolder = true, runsModules = false }: VscodeServerOptions): string[] => [
  ...['--host', '127.0.0.1', '--port', String(port)],
  '--without-connection-token',
  ...['--telemetry-level', 'off', '--disable-telemetry'],
  ...['--reconnection-grace-time', '5'], // a closed page's extension host leaves after seconds, not hours
  ...(trustsEveryFolder ? ['--disable-workspace-trust'] : []),
  ...(runsModules ? ['--enable-smoke-test-driver'] : []),
];

async function installExtensions(dataFolder: string, vsixFiles: readonly string[]): Promise<void> {
  if (vsixFiles.length === 0) return;
  const parameters = vsixFiles.flatMap((file) => ['--install-extension', file]);
  const { code, output } = await run(process.execPath, [
    vscodeServerMain,
    ...folderFlags(dataFolder),
    '--force',
    ...parameters,
  ]);
  if (code !== 0) throw new Error(`VS Code could not install ${vsixFiles.join(', ')}:\n${tail(output)}`);
}

function listeningPort(child: ChildProcess, output: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output.push(chunk.toString('utf8'));
      const port = /Extension host agent listening on (\d+)/.exec(output.join(''))?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`VS Code's server ended with ${code}:\n${tail(output.join(''))}`)));
  });
}

async function extensionHostsOf(server: ChildProcess): Promise<number[]> {
  const { output } = await run('ps', ['-A', '-o', 'pid=,pgid=,args=']);
  return output
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s.*--type=extensionHost/.exec(line))
    .filter((match) => match?.[2] === String(server.pid))
    .map((match) => Number(match?.[1]));
}

async function extensionHostLogs(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const logs = files.filter((file) => /exthost\d*[/\\](remoteexthost|tutti[^/\\]*[/\\].*)\.log$/.test(file)).sort();
  return Promise.all(logs.map(async (log) => `--- ${log}\n${tail(await readFile(join(folder, log), 'utf8'), 20)}\n`));
}

/** Asks the whole group to end, and after three seconds does not ask any more. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    signalGroup(child, 'SIGTERM');
    const deadline = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000);
    await ended;
    clearTimeout(deadline);
  }
  signalGroup(child, 'SIGKILL');
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // nobody of the group is left: what we want
  }
}
