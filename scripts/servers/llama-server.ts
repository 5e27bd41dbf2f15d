import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { developmentFolder, root } from '../setup/paths.ts';
import { run, tail } from '../setup/run.ts';
import { SetupError, type StepResult } from '../setup/step.ts';
import { type StartedServer, started } from './started.ts';

const folder = join(developmentFolder, 'servers/llama-server');
const source = join(folder, 'source');
const build = join(folder, 'build');

/** llama.cpp's source as git history; node-llama-cpp brings it along. */
const bundle = join(root, 'node_modules/node-llama-cpp/llama/gitRelease.bundle');

/** The built server. */
export const llamaServer = join(folder, process.platform === 'win32' ? 'llama-server.exe' : 'llama-server');

const options = [
  ...['-DCMAKE_BUILD_TYPE=Release', '-DBUILD_SHARED_LIBS=OFF', '-DGGML_NATIVE=ON'],
  ...['-DLLAMA_CURL=OFF', '-DLLAMA_OPENSSL=OFF', '-DLLAMA_BUILD_TESTS=OFF', '-DLLAMA_BUILD_EXAMPLES=OFF'],
];

/** Builds llama.cpp's server, once: a quarter of an hour on one core. Needs git, cmake, ninja and a C++ compiler. */
export async function prepareLlamaServer(): Promise<StepResult> {
  if (existsSync(llamaServer)) return false;
  if (!existsSync(bundle)) throw new SetupError(`${bundle} is not there.`, 'Run npm install.');
  await mkdir(folder, { recursive: true });
  if (!existsSync(source)) {
    await rm(`${source}.new`, { recursive: true, force: true });
    await must('git', ['clone', '--quiet', bundle, `${source}.new`]);
    await rename(`${source}.new`, source);
  }
  await must('cmake', ['-G', 'Ninja', '-S', source, '-B', build, ...options]);
  // One core and the last in the queue: whoever works on this machine should not notice. An ended build goes on here.
  await must('nice', ['-n', '19', 'cmake', '--build', build, '--target', 'llama-server', '--parallel', '1']);
  await copyFile(join(build, 'bin', 'llama-server'), llamaServer);
  return 'built from node-llama-cpp’s source of llama.cpp';
}

async function must(command: string, parameters: readonly string[]): Promise<void> {
  const { code, output } = await run(command, parameters);
  if (code === 0) return;
  throw new SetupError(`${command} ${parameters.join(' ')}\n${tail(output)}`, 'Build it by hand, or go without it.');
}

/** A chat template of llama.cpp's own collection that tells a model of its tools. */
export const templateWithTools = join(source, 'models/templates/Qwen-Qwen2.5-7B-Instruct.jinja');

/** llama.cpp's server with the model in `file`, known by `alias`; `template` takes the place of the model's own. */
export function startLlamaServer(file: string, alias: string, template?: string): Promise<StartedServer> {
  return started({
    command: llamaServer,
    parameters: (port) => [
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...['--model', file, '--alias', alias, '--jinja'],
      ...(template === undefined ? [] : ['--chat-template-file', template]),
      ...['--ctx-size', '4096', '--parallel', '1', '--threads', '1', '--no-warmup'],
    ],
    health: '/health',
  });
}
