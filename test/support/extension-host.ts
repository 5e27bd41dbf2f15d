import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { VscodeServer } from './vscode-server.ts';
import { closeProfile, newProfile, workbenchUrl } from './workbench.ts';

export interface ExtensionHostRun {
  /** The folder to open. */
  readonly folder: string;
  /** A file whose default export, `() => Promise<unknown>`, is called in the extension host; it may import `vscode`. */
  readonly module: string;
  /** Environment of the extension host, the way to tell the module something. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long it may take with the start of the window; 90 s unless told otherwise. */
  readonly timeoutMs?: number;
}

/** An extension without anything: VS Code runs tests only in company of an extension under development. */
const probe = join(import.meta.dirname, 'probe');

/**
 * Calls a module inside the extension host and returns its answer (JSON); rejects when it did. The extensions installed
 * in the server are there too. The server needs `runsModules`.
 */
export async function askExtensionHost(server: VscodeServer, run: ExtensionHostRun): Promise<unknown> {
  const answerFile = join(server.dataFolder, 'answer.json');
  await rm(answerFile, { force: true });
  const profile = await newProfile();
  try {
    const { code, lines } = await ended(await profile.newPage(), addressFor(server, run, answerFile), run.timeoutMs);
    if (code === 0) return JSON.parse(await readFile(answerFile, 'utf8'));
    const ending = `${run.module} ended with “${code}” in the extension host`;
    throw new Error([ending, ...lines.slice(-20), await server.logTail()].join('\n'));
  } finally {
    await closeProfile(profile);
  }
}

function addressFor(server: VscodeServer, { folder, module, env }: ExtensionHostRun, answerFile: string): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const environment = { ...env, TUTTI_PROBE_MODULE: module, TUTTI_PROBE_ANSWER: answerFile };
  const payload = [
    ['extensionDevelopmentPath', remote(probe)],
    ['extensionTestsPath', remote(join(probe, 'run.ts'))],
    ['extensionEnvironment', JSON.stringify(environment)],
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ] as const;
  return workbenchUrl(server, { folder, payload });
}

interface Ended {
  readonly code: number | 'timeout';
  readonly lines: readonly string[];
}

/** The workbench calls two functions of a page that was opened to run tests: one for each log line, one at the end. */
async function ended(page: Page, address: string, timeoutMs = 90_000): Promise<Ended> {
  const lines: string[] = [];
  const result = Promise.withResolvers<Ended>();
  await page.exposeFunction('codeAutomationExit', (code: number) => result.resolve({ code, lines }));
  await page.exposeFunction('codeAutomationLog', (_kind: string, words: unknown) => lines.push(JSON.stringify(words)));
  const timeout = setTimeout(() => result.resolve({ code: 'timeout', lines }), timeoutMs);
  await page.goto(address);
  return result.promise.finally(() => clearTimeout(timeout));
}
