import { type AddProviderPorts, addProviderCommand } from './add-provider.ts';
import type { Command } from './command.ts';
import { findLocalServersCommand } from './find-local-servers.ts';
import { type PullModelPorts, pullModelCommand } from './pull-model.ts';
import { type RemoveProviderPorts, removeProviderCommand } from './remove-provider.ts';

/** The commands that set providers up, and change what their servers have. */
export function providerCommands(ports: AddProviderPorts & PullModelPorts & RemoveProviderPorts): readonly Command[] {
  return [
    addProviderCommand(ports),
    findLocalServersCommand(ports),
    pullModelCommand(ports),
    removeProviderCommand(ports),
  ];
}
