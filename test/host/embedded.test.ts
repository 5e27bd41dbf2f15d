import { execFileSync } from 'node:child_process';
import { mkdtemp, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/paths.ts';
import { scriptedModel } from '../support/make-gguf.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { openChat, waitForNotification, waitForStatusBarItem } from '../support/workbench-parts.ts';

/** Process ids of the children that run a model for this server's windows. */
function modelProcesses(dataFolder: string): readonly number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes(dataFolder) && line.includes('dist/inference/main.js'))
    .map((line) => Number.parseInt(line, 10));
}

describe('the model inside, in the real VS Code', () => {
  let tutti: TuttiWindow;

  beforeAll(async () => {
    const models = await mkdtemp(join(tmpdir(), 'tutti-gguf-'));
    const scripted = join(models, 'scripted.gguf');
    const broken = join(models, 'broken.gguf');
    await writeFile(scripted, scriptedModel());
    await writeFile(broken, scriptedModel());
    await truncate(broken, 100_000);
    tutti = await openTutti({
      env: { TUTTI_LLAMA_RUNTIME: join(root, `node_modules/@node-llama-cpp/linux-${process.arch}`) },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.chooseModelFile', args: { path: scripted } },
        { key: 'ctrl+alt+2', command: 'tutti.chooseModelFile', args: { path: broken } },
      ],
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
  });

  it('is any GGUF file the user chooses, and chats through llama.cpp without key or network', async () => {
    await tutti.workbench.page.keyboard.press('Control+Alt+1');
    await waitForStatusBarItem(tutti.workbench, 'scripted.gguf');
    const chat = await openChat(tutti.workbench);
    await send(chat, 'Who are you?');
    await reply(chat).getByText('Hello from llama.cpp!').waitFor({ timeout: 30_000 });
    await replied(chat);
    expect(await reply(chat).getByTestId('message-usage').textContent()).toMatch(/\d/);
  });

  it('killed with -9 costs one reply at most: the next one starts it again', async () => {
    const chat = await openChat(tutti.workbench);
    const before = modelProcesses(tutti.server.dataFolder);
    expect(before.length).toBeGreaterThan(0);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await expect.poll(() => modelProcesses(tutti.server.dataFolder).filter((pid) => before.includes(pid))).toEqual([]);
    await send(chat, 'Still with us?');
    await reply(chat).getByText('Hello from llama.cpp!').waitFor({ timeout: 30_000 });
    await replied(chat);
  });

  it('whose file is cut short is refused with the reason', async () => {
    await tutti.workbench.page.keyboard.press('Control+Alt+2');
    const told = await waitForNotification(tutti.workbench, 'broken.gguf');
    expect(told).toMatch(/truncated|cut|incomplete|ends/i);
  });
});
