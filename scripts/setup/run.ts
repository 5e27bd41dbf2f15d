import { type SpawnOptions, spawn } from 'node:child_process';
import { basename } from 'node:path';
import { root } from './paths.ts';

export interface Finished {
  /** null: ended by a signal, or could not be started (then `output` says why). */
  readonly code: number | null;
  /** stdout and stderr as they came; empty when `show` let them through to the terminal. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Let the command write to the terminal itself. */
  readonly show?: boolean;
}

/** Runs a command to its end; a bad exit code is an outcome, not an error. */
export function run(command: string, parameters: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { cwd = root, env = process.env, show = false } = options;
  const spawnOptions: SpawnOptions = { cwd, env, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] };
  return new Promise((resolve) => {
    const child = spawn(command, [...parameters], spawnOptions);
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Runs npm, the one that started us if there is one. Its own Node runs it: ours may come from the folder it works in. */
export function npm(parameters: readonly string[], cwd: string): Promise<Finished> {
  const { npm_execpath: script = '', npm_node_execpath: node = process.execPath } = process.env;
  const quiet = [...parameters, '--no-audit', '--no-fund', '--loglevel=error'];
  if (basename(script).startsWith('npm-cli')) return run(node, [script, ...quiet], { cwd });
  return process.platform === 'win32' ? run('cmd', ['/c', 'npm', ...quiet], { cwd }) : run('npm', quiet, { cwd });
}

/** The end of a long output, where the cause usually is. */
export function tail(output: string, lines = 15): string {
  return output.trim().split('\n').slice(-lines).join('\n');
}
