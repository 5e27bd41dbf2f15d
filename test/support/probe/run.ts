// Runs in the extension host (extension-host.ts): calls the asked module's default export and writes down its answer.
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

export async function run(): Promise<void> {
  const { TUTTI_PROBE_MODULE: module = '', TUTTI_PROBE_ANSWER: answerFile = '' } = process.env;
  const { default: ask }: { default: () => Promise<unknown> } = await import(pathToFileURL(module).href);
  await writeFile(answerFile, JSON.stringify(await ask()));
}
