import { existsSync } from 'node:fs';
import { cp, link, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { StepResult } from '../setup/step.ts';
import { tinyModelFile } from '../setup/tiny-model.ts';

/** Puts the tiny model where the extension would have downloaded it to, so that it is there at once. */
export async function seedModel(globalStorage: string): Promise<StepResult> {
  const target = join(globalStorage, 'models', basename(tinyModelFile));
  if (existsSync(target)) return false;
  await mkdir(join(globalStorage, 'models'), { recursive: true });
  // A hard link takes no space; between file systems there is none.
  await link(tinyModelFile, target).catch(() => cp(tinyModelFile, target));
  return basename(target);
}
