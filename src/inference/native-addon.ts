import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Environment variable that tells the child process the folder of llama.cpp's compiled files. */
export const binariesVariable = 'TUTTI_LLAMA_BINARIES';

// In the bundle this file stands in for node-llama-cpp's own search for a compiled addon; the names are the library's.

export async function getPrebuiltBinaryPath(_options: unknown, folderName: string) {
  const folderPath = process.env[binariesVariable];
  if (folderPath === undefined) return null;
  return { folderName, folderPath, binaryPath: join(folderPath, 'llama-addon.node'), extBackendsPath: undefined };
}

export async function getPrebuiltBinaryBuildMetadata(folderPath: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folderPath, '_nlcBuildMetadata.json'), 'utf8'));
}

export async function getLocalBuildBinaryPath(): Promise<null> {
  return null;
}

export async function getLocalBuildBinaryBuildMetadata(): Promise<never> {
  throw new Error('Tutti compiles nothing on the user’s machine.');
}

export async function compileLlamaCpp(): Promise<never> {
  throw new Error('Tutti compiles nothing on the user’s machine.');
}
