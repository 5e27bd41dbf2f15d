import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vsixFile } from '../../scripts/setup/paths.ts';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { replied, reply, send } from '../support/tutti-window.ts';
import { startVscodeServer, userFolderOf, type VscodeServer } from '../support/vscode-server.ts';
import { closeProfile, newProfile, openWorkbench, reload, type Workbench } from '../support/workbench.ts';
import { openFile } from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';
import { openChat, waitForNotification, waitForStatusBarItem } from '../support/workbench-parts.ts';

/** So small is the disk that is filled to its end. */
const diskMb = 8;

/** A disk of its own for what Tutti keeps; undefined where this machine lets nobody mount one. */
function mountSmallDisk(folder: string): Disposable | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m`, 'tmpfs', folder], { stdio: 'pipe' });
  } catch {
    return undefined;
  }
  return { [Symbol.dispose]: () => void execFileSync('umount', ['--lazy', folder]) };
}

describe('what dies in the middle of a reply, in the real VS Code', () => {
  let vendor: FakeVendor;
  let home: string;
  let folder: string;
  let disk: Disposable | undefined;
  let server: VscodeServer;
  let profile: BrowserContext;
  let workbench: Workbench;
  let chat: FrameLocator;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['m']);
    home = await mkdtemp(join(tmpdir(), 'tutti-crash-'));
    folder = await mkdtemp(join(tmpdir(), 'tutti-folder-'));
    await writeFile(join(folder, 'notes.txt'), 'beside the next message\n');
    const storage = join(userFolderOf(home), 'globalStorage/tutti.tutti');
    await mkdir(storage, { recursive: true });
    disk = mountSmallDisk(storage);
    server = await startVscodeServer({
      dataFolder: home,
      extensions: [vsixFile],
      settings: {
        'tutti.providers': { one: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1` } },
        'tutti.roles': { chat: 'one/m' },
      },
    });
    await openWindow();
    vendor.answers.push({ say: ['older and whole'] });
    await send(chat, 'The older question');
    await replied(chat);
  });

  afterAll(async () => {
    if (profile) await closeProfile(profile);
    await server?.[Symbol.asyncDispose]();
    disk?.[Symbol.dispose]();
    await vendor?.[Symbol.asyncDispose]();
    for (const path of [home, folder]) await rm(path, { recursive: true, force: true });
  });

  async function openWindow(): Promise<void> {
    profile = await newProfile();
    workbench = await openWorkbench(server, { folder, profile });
    await waitForStatusBarItem(workbench, 'Tutti chat model', 60_000);
    chat = await openChat(workbench);
  }

  it('a window loaded anew: what had come is there, and what waits beside the next message', async () => {
    const rest = Promise.withResolvers<void>();
    vendor.answers.push({ say: ['before the reload', rest.promise, ', and after it'] });
    await send(chat, 'Does it outlive a reload?');
    await reply(chat).getByText('before the reload').waitFor();
    await openFile(workbench, 'notes.txt');
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await workbench.page.keyboard.press('Control+Alt+A');
    const attached = () => chat.locator('.composer').getByTestId('attachment').filter({ hasText: 'notes.txt:1' });
    await attached().filter({ hasText: '≈' }).waitFor();
    await reload(workbench);
    chat = await openChat(workbench);
    await reply(chat).getByText('before the reload').waitFor({ timeout: 30_000 });
    await chat.getByText('older and whole').waitFor();
    await attached().filter({ hasText: '≈' }).waitFor();
    rest.resolve();
    await replied(chat);
  });

  it('kill -9 of the browser: in a new one nothing older is lost, what had come is there, and it says what was', async () => {
    vendor.answers.push({ say: ['before the browser died', new Promise(() => undefined)] });
    await send(chat, 'Does it outlive the browser?');
    await reply(chat).getByText('before the browser died').waitFor();
    const browser = profile.browser();
    const cdp = await browser?.newBrowserCDPSession();
    const { processInfo } = (await cdp?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
    const pid = processInfo.find(({ type }) => type === 'browser')?.id;
    const gone = new Promise<void>((resolve) => browser?.once('disconnected', () => resolve()));
    expect(pid).toBeGreaterThan(1);
    process.kill(Number(pid), 'SIGKILL');
    await gone;

    // A profile that has seen nothing: only the store knows of the chat.
    await openWindow();
    await runCommand(workbench, 'Tutti: Show History');
    await chat.getByTestId('history-item').filter({ hasText: 'The older question' }).locator('.history-open').click();
    await reply(chat).getByText('before the browser died').waitFor();
    await reply(chat).getByTestId('notice').filter({ hasText: 'This reply has no end' }).waitFor();
    await chat.getByText('older and whole').waitFor();
    // It goes on where it was, with all that was said.
    vendor.answers.push({ say: ['it goes on'] });
    await send(chat, 'And now?');
    await reply(chat).getByText('it goes on').waitFor();
    await replied(chat);
    expect(JSON.stringify(vendor.bodies().at(-1)?.['messages'])).toMatch(
      /older and whole.*before the reload.*before the browser died.*And now\?/,
    );
  });

  it('a full disk: it says so, loses nothing, and saves what is on the screen when there is room', async (test) => {
    if (!disk) {
      console.log('a full disk is not tried: nobody may mount one here');
      test.skip();
    }
    const filler = join(server.globalStorage, 'filler');
    for (let size = diskMb * 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
      await writeFile(filler, Buffer.alloc(size, 0x20), { flag: 'a' }).catch(() => undefined);
    }
    vendor.answers.push({ say: [`said to a full disk ${'word '.repeat(40_000)}`] });
    await send(chat, 'Is there room?');
    await replied(chat);
    await waitForNotification(
      workbench,
      'This chat cannot be saved just now: the disk is full. What was kept before is safe',
    );
    await chat.getByText('older and whole').waitFor();
    await rm(filler);
    await waitForNotification(workbench, 'Your chats are saved again.');
    expect(existsSync(filler)).toBe(false);

    for (const pid of await server.extensionHosts()) process.kill(pid, 'SIGKILL');
    await reload(workbench);
    chat = await openChat(workbench);
    await reply(chat).getByText('said to a full disk').waitFor({ timeout: 30_000 });
    await chat.getByText('older and whole').waitFor();
  });
});
