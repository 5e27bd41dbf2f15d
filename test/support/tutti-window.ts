import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BrowserContext, FrameLocator, Locator } from 'playwright-core';
import { vsixFile } from '../../scripts/setup/paths.ts';
import { startVscodeServer, type VscodeServer, type VscodeServerOptions } from './vscode-server.ts';
import { closeProfile, newProfile, openWorkbench, type Workbench } from './workbench.ts';

export interface TuttiWindow extends AsyncDisposable {
  readonly server: VscodeServer;
  readonly workbench: Workbench;
  readonly profile: BrowserContext;
  /** The folder that is open, an absolute path. */
  readonly folder: string;
}

export interface TuttiWindowOptions extends VscodeServerOptions {
  /** Relative path → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** What else is done to the folder before it is opened. */
  readonly prepare?: (folder: string) => Promise<void>;
}

/** A window of a real VS Code with the packaged extension and a folder of its own. */
export async function openTutti(options: TuttiWindowOptions = {}): Promise<TuttiWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-folder-'));
  for (const [path, content] of Object.entries(options.files ?? {})) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await options.prepare?.(folder);
  const server = await startVscodeServer({ extensions: [vsixFile], ...options });
  const profile = await newProfile();
  const workbench = await openWorkbench(server, { folder, profile });
  return {
    server,
    workbench,
    profile,
    folder,
    async [Symbol.asyncDispose]() {
      await closeProfile(profile);
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Types a message into the composer, sends it with Enter and waits until its reply has begun to be asked for. */
export async function send(chat: FrameLocator, text: string): Promise<void> {
  const replies = chat.locator('[data-testid="message"][data-role="assistant"]');
  const before = await replies.count();
  await chat.getByTestId('composer').fill(text);
  await chat.getByTestId('composer').press('Enter');
  await replies.nth(before).waitFor();
}

/** The last message of the assistant. */
export function reply(chat: FrameLocator): Locator {
  return chat.locator('[data-testid="message"][data-role="assistant"]').last();
}

/** Waits until no reply is being written. */
export async function replied(chat: FrameLocator): Promise<void> {
  await chat.getByTestId('stop').waitFor({ state: 'hidden', timeout: 20_000 });
}
