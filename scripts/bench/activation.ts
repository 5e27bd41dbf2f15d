// Loading and activating Tutti, and what an idle extension host grows by, beside an extension that does nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askExtensionHost } from '../../test/support/extension-host.ts';
import { startVscodeServer } from '../../test/support/vscode-server.ts';
import { developmentFolder } from '../setup/paths.ts';
import { median, printFigure } from './figure.ts';
import type { ActivationCost } from './inside/activation.ts';
import { pack } from './pack.ts';

const rounds = 8;
const [warmUp, empty, tutti] = ['tutti-test.warm-up', 'tutti-test.empty', 'tutti.tutti'] as const;

// Nothing but the measurement activates them; apart from this, Tutti is as it is shipped.
const notByItself = { activationEvents: ['onCommand:tutti-test.never'] };
const emptyExtension = join(import.meta.dirname, 'empty-extension');
const extensions = [
  await pack(emptyExtension, 'warm-up', { ...notByItself, name: 'warm-up' }),
  await pack(emptyExtension, 'empty', notByItself),
  await pack(join(developmentFolder, 'package'), 'tutti', notByItself),
];

const folder = await mkdtemp(join(tmpdir(), 'tutti-bench-'));
const module = join(import.meta.dirname, 'inside/activation.ts');
await using server = await startVscodeServer({ extensions, runsModules: true });

const costs: Readonly<Record<string, ActivationCost>>[] = [];
for (let round = 0; round < rounds; round += 1) {
  // The first activation in a host pays for all; of the other two, each comes first in half of the rounds.
  const order = round % 2 === 0 ? [warmUp, empty, tutti] : [warmUp, tutti, empty];
  const env = { TUTTI_BENCH_EXTENSIONS: order.join(' ') };
  costs.push((await askExtensionHost(server, { folder, module, env })) as Readonly<Record<string, ActivationCost>>);
}
await rm(folder, { recursive: true });

function compare(what: string, unit: string, limit: number, read: (cost: ActivationCost) => number): void {
  const of = (id: string): number => median(costs.flatMap((cost) => cost[id] ?? []).map(read));
  printFigure({ what, unit, limit, tutti: of(tutti), without: of(empty) });
}

compare('loading and activating', 'ms', 40, ({ milliseconds }) => milliseconds);
compare('memory it adds to the extension host', 'MB', 30, ({ residentMegabytes }) => residentMegabytes);
compare('of it JavaScript heap', 'MB', 30, ({ heapMegabytes }) => heapMegabytes);
