import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { developmentFolder } from './paths.ts';
import { npm, run, tail } from './run.ts';
import { SetupError, type StepResult } from './step.ts';

/** VS Code 1.139.1: its server and web workbench, as the npm package `code-server` carries them. */
const codeServerVersion = '4.139.1';

const folder = join(developmentFolder, 'vscode');
const vscode = join(folder, 'node_modules/code-server/lib/vscode');
const stamp = join(folder, 'ready');
const spdlog = join(vscode, 'node_modules/@vscode/spdlog/index.js');

/** VS Code's server; run it with Node 24. */
export const vscodeServerMain = join(vscode, 'out/server-main.js');

/** Large packages that nothing an extension does needs here; a quarter of a gigabyte. */
const unneeded = ['@github', '@microsoft/mxc-sdk', '@devcontainers', 'kerberos', 'ssh2', '@vscode/sqlite3'];

/** A real VS Code to try and test the extension in, with no desktop, no compiler and no system packages. */
export async function prepareVscodeHost(): Promise<StepResult> {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === codeServerVersion) return false;
  if (!(await works())) await install();
  copyFileSync(join(import.meta.dirname, 'spdlog-stub.cjs'), spdlog);
  if (!(await works()))
    throw new SetupError('VS Code was installed but does not start.', `Delete ${folder} and run this again.`);
  writeFileSync(stamp, codeServerVersion);
  return `code-server ${codeServerVersion}`;
}

async function works(): Promise<boolean> {
  const parts = [vscodeServerMain, spdlog, join(vscode, 'extensions/node_modules/typescript')];
  if (!parts.every((path) => existsSync(path)) || installedVersion() !== codeServerVersion) return false;
  return (await run(process.execPath, [vscodeServerMain, '--version'])).code === 0;
}

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function installedVersion(): string | undefined {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'node_modules/code-server/package.json'), 'utf8'));
  return manifest.version;
}

async function install(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const manifestFile = join(folder, 'package.json');
  // Node 24 may be in the same folder already (scripts/on-node-24.mjs); npm removes what the manifest does not name.
  const manifest: Manifest = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {};
  const dependencies = { ...manifest.dependencies, 'code-server': codeServerVersion };
  writeFileSync(manifestFile, JSON.stringify({ private: true, ...manifest, dependencies }, null, 2));

  // Its install scripts would compile native modules; they are replaced (spdlog), prebuilt, or not needed.
  await installPackages(folder, []);
  await installPackages(vscode, ['--omit=dev']);
  await installPackages(join(vscode, 'extensions'), ['--omit=dev']);
  for (const name of unneeded) rmSync(join(vscode, 'node_modules', name), { recursive: true, force: true });
}

async function installPackages(where: string, options: readonly string[]): Promise<void> {
  const { code, output } = await npm(['install', '--ignore-scripts', ...options], where);
  if (code !== 0)
    throw new SetupError(tail(output), 'Check that the npm registry can be reached (npm ping) and run this again.');
}
