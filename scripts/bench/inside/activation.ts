// Runs in the extension host: loads and activates extensions one after the other, and says what each took.
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';

export interface ActivationCost {
  readonly milliseconds: number;
  /** What the process has grown by, two seconds later and with the garbage collected. */
  readonly residentMegabytes: number;
  readonly heapMegabytes: number;
}

export default async function (): Promise<Readonly<Record<string, ActivationCost>>> {
  const ids = (process.env['TUTTI_BENCH_EXTENSIONS'] ?? '').split(' ');
  setFlagsFromString('--expose-gc');
  await pause(1500); // the host is busy with other extensions at first
  const costs: Record<string, ActivationCost> = {};
  for (const id of ids) costs[id] = await activate(id);
  return costs;
}

async function activate(id: string): Promise<ActivationCost> {
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined) throw new Error(`${id} is not installed`);
  if (extension.isActive) throw new Error(`${id} was active before it was asked to be`);
  const before = memory();
  const startedAt = performance.now();
  await extension.activate();
  const milliseconds = performance.now() - startedAt;
  await pause(2000);
  const after = memory();
  return {
    milliseconds,
    residentMegabytes: (after.rss - before.rss) / 1e6,
    heapMegabytes: (after.heapUsed - before.heapUsed) / 1e6,
  };
}

function memory(): NodeJS.MemoryUsage {
  runInNewContext('gc')();
  return process.memoryUsage();
}
