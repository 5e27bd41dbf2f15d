import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelFiles } from '../../src/inference/model-files.ts';
import { weights } from '../../src/inference/weights.ts';
import { scriptedModel } from '../support/make-gguf.ts';

let folder: string;
let models: ModelFiles;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutti-models-'));
  models = new ModelFiles({ folder: join(folder, 'models'), weights, hubUrl: 'https://hub.example' });
});
afterEach(() => rm(folder, { recursive: true }));

describe('the models there are', () => {
  it('are those of the list, absent, before anything was fetched', async () => {
    const list = await models.list();
    expect(list.map(({ id }) => id)).toEqual(weights.map(({ id }) => id));
    expect(list.filter(({ present }) => present)).toEqual([]);
    expect(list[0]?.facts).toEqual({
      name: 'SmolLM2 135M Instruct',
      fim: 'smollm',
      contextWindow: 8192,
      fileBytes: 98_362_432,
      memoryBytes: 98_362_432 + 8192 * 23_040 + 200_000_000,
      license: 'Apache-2.0',
      images: false,
      tools: false,
      reasoningEfforts: [],
      price: { input: 0, output: 0 },
    });
  });

  it('are present once their file is in the folder', async () => {
    await mkdir(join(folder, 'models'));
    await writeFile(join(folder, 'models/SmolLM2-135M-Instruct.Q4_1.gguf'), scriptedModel());
    expect((await models.list()).filter(({ present }) => present).map(({ id }) => id)).toEqual([
      'smollm2-135m-instruct',
    ]);
  });

  it('include any other GGUF file in the folder, with the facts of its header', async () => {
    await mkdir(join(folder, 'models'));
    const bytes = scriptedModel();
    await writeFile(join(folder, 'models/mine.gguf'), bytes);
    expect(await models.find('mine.gguf')).toMatchObject({
      present: true,
      facts: { name: 'tiny-scripted', fim: 'infill', contextWindow: 4096, fileBytes: bytes.length },
    });
  });

  it('include a file elsewhere that the user chose, also after a restart', async () => {
    const path = join(folder, 'elsewhere.gguf');
    await writeFile(path, scriptedModel());
    expect(await models.add(path)).toMatchObject({ id: path, present: true });
    await models.add(path);
    const restarted = new ModelFiles({ folder: join(folder, 'models'), weights, hubUrl: '' });
    expect((await restarted.list()).filter(({ id }) => id === path).length).toBe(1);
  });

  it('do not include a chosen file that is no model: the user is told why', async () => {
    const path = join(folder, 'page.gguf');
    await writeFile(path, '<html>');
    await expect(models.add(path)).rejects.toThrow(/page\.gguf: this is not a GGUF file/);
    expect((await models.list()).map(({ id }) => id)).not.toContain(path);
  });

  it('show a damaged file with the reason, and look again when it changes', async () => {
    const path = join(folder, 'models/late.gguf');
    await mkdir(join(folder, 'models'));
    await writeFile(path, scriptedModel().subarray(0, 5000));
    expect(await models.find('late.gguf')).toMatchObject({ present: false, problem: expect.stringMatching(/cut off/) });
    await writeFile(path, scriptedModel());
    expect(await models.find('late.gguf')).toMatchObject({ present: true });
  });

  it('can be any file on disk named by its path', async () => {
    const path = join(folder, 'named.gguf');
    await writeFile(path, scriptedModel());
    expect(await models.find(path)).toMatchObject({ id: path, present: true });
    expect(await models.find('no-such-model')).toBeUndefined();
  });

  it('can be removed: a fetched one is deleted, one chosen elsewhere only forgotten', async () => {
    await mkdir(join(folder, 'models'));
    const fetched = join(folder, 'models/SmolLM2-135M-Instruct.Q4_1.gguf');
    const chosen = join(folder, 'elsewhere.gguf');
    for (const path of [fetched, `${fetched}.part`, chosen]) await writeFile(path, scriptedModel());
    await models.add(chosen);
    await models.remove('smollm2-135m-instruct');
    await models.remove(chosen);
    await models.remove('no-such-model');
    expect([fetched, `${fetched}.part`, chosen].map((path) => existsSync(path))).toEqual([false, false, true]);
    expect((await models.list()).filter(({ present }) => present)).toEqual([]);
  });

  it('are fetched from the hub into the folder', () => {
    expect(models.remoteFile('qwen2.5-coder-7b-instruct')).toEqual({
      url: 'https://hub.example/Qwen/Qwen2.5-Coder-7B-Instruct-GGUF/resolve/13fb94bfda8c8cf22497dc57b78f391a9acb426a/qwen2.5-coder-7b-instruct-q4_k_m.gguf',
      target: join(folder, 'models/qwen2.5-coder-7b-instruct-q4_k_m.gguf'),
      bytes: 4_683_073_536,
      sha256: '509287f78cb4d4cf6b3843734733b914b2c158e43e22a7f4bf5e963800894d3c',
    });
    expect(models.remoteFile('mine.gguf')).toBeUndefined();
  });
});
