import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChild } from '../../src/inference/child.ts';
import type { FromInference } from '../../src/protocol/from-inference.ts';
import { binaries, buildInferenceBundle } from '../support/inference-bundle.ts';

let folder: string;
let mainPath: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutti-child-'));
  mainPath = await buildInferenceBundle(folder);
});
afterAll(() => rm(folder, { recursive: true }));

describe('the child process', () => {
  it('ends when the process that started it is killed', async () => {
    const script = `
      import { startChild } from ${JSON.stringify(join(import.meta.dirname, '../../src/inference/child.ts'))};
      const options = JSON.parse(process.argv[1]);
      const child = startChild(options, { message: () => console.log(child.pid), exit: () => {} });`;
    const options = { mainPath, binaries, gpu: false, threads: 1 };
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(options)]);
    const [printed] = await once(parent.stdout, 'data');
    const pid = Number(String(printed));
    expect(isRunning(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
  });

  it('says that llama.cpp’s compiled files are not there, and ends', async () => {
    const received: FromInference[] = [];
    const exit = new Promise<string>((resolve) => {
      const options = { mainPath, binaries: folder, gpu: false, threads: 1 } as const;
      startChild(options, { message: (message) => received.push(message), exit: resolve });
    });
    expect(await exit).toMatch(/exit code 0/);
    const message = expect.stringMatching(/^llama\.cpp does not run on this machine: .*ENOENT/);
    expect(received).toEqual([{ type: 'failed', code: 'unsupported', message }]);
  });

  it('that cannot be started at all reports its end', async () => {
    const exit = new Promise<string>((resolve) => {
      const options = { mainPath: join(folder, 'nothing.js'), binaries: folder, gpu: false, threads: 1 } as const;
      startChild(options, { message: () => undefined, exit: resolve });
    });
    expect(await exit).toMatch(/exit code 1: .*nothing\.js/s);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
