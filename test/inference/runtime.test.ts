import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRuntime, runtimeUrl } from '../../src/inference/runtime.ts';
import manifest from '../../src/inference/runtime-files.json' with { type: 'json' };
import { binaries, runtimePackage } from '../support/inference-bundle.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutti-runtime-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the list of llama.cpp’s compiled files', () => {
  it('is of the version that is bundled', () => {
    const installed = JSON.parse(readFileSync(join(root, 'node_modules/node-llama-cpp/package.json'), 'utf8'));
    expect(manifest.version).toBe(installed.version);
  });

  it('has what each platform needs and nothing to link against', () => {
    expect(Object.keys(manifest.platforms)).toEqual([
      'linux-x64',
      'linux-arm64',
      'darwin-arm64',
      'darwin-x64',
      'win32-x64',
      'win32-arm64',
    ]);
    for (const { files } of Object.values(manifest.platforms)) {
      const names = files.map(({ name }) => name);
      expect(names).toContain('llama-addon.node');
      expect(names).toContain('_nlcBuildMetadata.json');
      expect(names.filter((name) => name.endsWith('.lib'))).toEqual([]);
    }
  });

  it('agrees byte for byte with the package npm installed for this machine', (context) => {
    const platform = Object.entries(manifest.platforms).find(
      ([name]) => name === `${process.platform}-${process.arch}`,
    )?.[1];
    if (!platform || !existsSync(runtimePackage))
      return context.skip('npm installed no compiled files for this machine');
    for (const { name, sha256 } of platform.files) {
      const bytes = readFileSync(join(runtimePackage, platform.folder, name));
      expect([name, createHash('sha256').update(bytes).digest('hex')]).toEqual([name, sha256]);
    }
  });
});

describe('llama.cpp on this machine', () => {
  const options = { folder: '', baseUrl: runtimeUrl, platform: 'linux-x64' };

  it('is missing at first: every file by its own address', async () => {
    const runtime = await findRuntime({ ...options, folder });
    expect(runtime.kind).toBe('missing');
    const addon = runtime.kind === 'missing' ? runtime.files.find(({ target }) => target.endsWith('.node')) : undefined;
    expect(addon?.url).toBe(
      `https://cdn.jsdelivr.net/npm/@node-llama-cpp/linux-x64@${manifest.version}/bins/linux-x64/llama-addon.node`,
    );
    expect(addon?.target).toBe(join(folder, manifest.version, 'linux-x64/bins/linux-x64/llama-addon.node'));
  });

  it('does not run on a machine nobody compiled it for', async () => {
    expect(await findRuntime({ ...options, folder, platform: 'sunos-sparc' })).toEqual({
      kind: 'unsupported',
      message: 'The model inside does not run on sunos-sparc.',
    });
  });

  it('is used from a package folder without fetching, unless that is of another version', async (context) => {
    if (!existsSync(runtimePackage)) return context.skip('npm installed no compiled files for this machine');
    const packageFolder = join(folder, 'package');
    await cp(runtimePackage, packageFolder, { recursive: true });
    const here = { folder, baseUrl: runtimeUrl, packageFolder };
    expect(await findRuntime(here)).toMatchObject({
      kind: 'ready',
      binaries: join(packageFolder, relative(runtimePackage, binaries)),
    });
    await truncate(join(packageFolder, relative(runtimePackage, binaries), 'llama-addon.node'), 10);
    expect(await findRuntime(here)).toMatchObject({
      kind: 'unsupported',
      message: expect.stringContaining('llama-addon.node is not as it should be'),
    });
  });
});
