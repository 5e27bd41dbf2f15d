import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { developmentFolder } from '../setup/paths.ts';
import { run, tail } from '../setup/run.ts';
import { SetupError, type StepResult } from '../setup/step.ts';
import { type StartedServer, started } from './started.ts';

const folder = join(developmentFolder, 'servers');
const environment = join(folder, 'litellm');
const bin = (name: string): string =>
  join(environment, process.platform === 'win32' ? `Scripts/${name}.exe` : `bin/${name}`);

/** A model of the proxy, and the OpenAI-compatible server behind it. */
export interface ProxiedModel {
  readonly name: string;
  /** LiteLLM's word for how it speaks to the server, and the id it has there. */
  readonly speaks: 'openai' | 'text-completion-openai';
  readonly id: string;
  readonly baseUrl: string;
}

/** Installs the proxy into an environment of its own. Needs Python 3 and PyPI. */
export async function prepareLitellm(): Promise<StepResult> {
  if (existsSync(bin('litellm'))) return false;
  await rm(environment, { recursive: true, force: true });
  await must('python3', ['-m', 'venv', environment]);
  await must(bin('pip'), ['install', '--quiet', 'litellm[proxy]']);
  return 'installed from PyPI';
}

async function must(command: string, parameters: readonly string[]): Promise<void> {
  const { code, output } = await run(command, parameters);
  if (code === 0) return;
  await rm(environment, { recursive: true, force: true });
  throw new SetupError(
    `${command} ${parameters.join(' ')}\n${tail(output, 5)}`,
    'pip install "litellm[proxy]" by hand.',
  );
}

export function startLitellm(models: readonly ProxiedModel[], apiKey: string): Promise<StartedServer> {
  // YAML takes JSON as it is.
  const config = {
    model_list: models.map(({ name, speaks, id, baseUrl }) => ({
      model_name: name,
      litellm_params: { model: `${speaks}/${id}`, api_base: baseUrl, api_key: 'none' },
    })),
    general_settings: { master_key: apiKey },
  };
  return startLitellmWith(JSON.stringify(config, null, 2));
}

/** The proxy with a file of these words, and with these variables for what the file takes from its environment. */
export async function startLitellmWith(
  config: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<StartedServer> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'litellm.yaml');
  await writeFile(file, config);
  return started({
    command: bin('litellm'),
    parameters: (port) => ['--config', file, '--host', '127.0.0.1', '--port', String(port), '--telemetry', 'False'],
    env: { ...environment, LITELLM_LOCAL_MODEL_COST_MAP: 'True', NO_DOCS: 'True' },
    health: '/health/liveliness',
  });
}
