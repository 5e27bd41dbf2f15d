import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { tail } from '../setup/run.ts';
import { SetupError } from '../setup/step.ts';

export interface StartedServer extends AsyncDisposable {
  readonly url: string;
}

export interface HowToStart {
  readonly command: string;
  readonly parameters: (port: number) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Answers with success once the server can be asked. */
  readonly health: string;
}

const patienceMs = 180_000;

/** Starts a server on a free port of this machine and waits until it is well. Disposing ends it. */
export async function started({ command, parameters, env, health }: HowToStart): Promise<StartedServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(command, parameters(port), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  let over: string | undefined;
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString('utf8')));
  child.once('error', (error) => (over = error.message));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.once('exit', (code) => (over ??= `It ended with ${code}.`));
  for (const deadline = Date.now() + patienceMs; !(await answers(url + health)); await pause(200)) {
    if (over === undefined && Date.now() < deadline) continue;
    child.kill('SIGKILL');
    throw new SetupError(`${command} does not answer. ${over ?? ''}\n${tail(output.join(''))}`, 'See what it says.');
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(impatient);
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
