// node scripts/make-runtime-manifest.ts: writes src/inference/runtime-files.json anew, from the packages of the
// node-llama-cpp version that is installed. Needed after every change of that version.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup/paths.ts';

/** Platform as Node names it → package with llama.cpp compiled for it, and whether that uses the graphics card. */
const packages = {
  'linux-x64': { name: 'linux-x64', gpu: false },
  'linux-arm64': { name: 'linux-arm64', gpu: false },
  'darwin-arm64': { name: 'mac-arm64-metal', gpu: true },
  'darwin-x64': { name: 'mac-x64', gpu: false },
  'win32-x64': { name: 'win-x64', gpu: false },
  'win32-arm64': { name: 'win-arm64', gpu: false },
};

const { version } = JSON.parse(readFileSync(join(root, 'node_modules/node-llama-cpp/package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'runtime-manifest-'));
try {
  const platforms = Object.entries(packages).map(([platform, { name, gpu }]) => {
    const packageName = `@node-llama-cpp/${name}`;
    const unpacked = join(folder, name);
    unpack(`${packageName}@${version}`, unpacked);
    return [
      platform,
      { package: packageName, folder: `bins/${name}`, gpu, files: filesIn(join(unpacked, 'bins', name)) },
    ];
  });
  const manifest = { version, platforms: Object.fromEntries(platforms) };
  writeFileSync(join(root, 'src/inference/runtime-files.json'), `${JSON.stringify(manifest, null, 1)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function unpack(specifier: string, target: string): void {
  const options = { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  const [packed] = JSON.parse(execFileSync('npm', ['pack', specifier, '--json', '--silent'], options));
  mkdirSync(target);
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', target, '--strip-components', '1']);
}

function filesIn(binaries: string) {
  return (
    readdirSync(binaries)
      // Import libraries are for those who link against the addon.
      .filter((name) => !name.endsWith('.lib'))
      .sort()
      .map((name) => {
        const bytes = readFileSync(join(binaries, name));
        return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      })
  );
}
