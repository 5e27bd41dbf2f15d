import type { Command } from './command.ts';

/** What is in provider-commands.ts, which is read with the first of them. */
export const providerCommandIds = [
  'tutti.addProvider',
  'tutti.findLocalServers',
  'tutti.pullModel',
  'tutti.removeProvider',
] as const satisfies readonly Command['id'][];
