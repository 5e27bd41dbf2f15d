import * as vscode from 'vscode';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import { withoutProvider } from '../gateway/roles.ts';
import type { ModelLists } from '../store/model-lists.ts';
import { stringAt } from '../util/json.ts';
import type { Command } from './command.ts';
import type { SecretKeyStore } from './key-store.ts';
import type { UserSettings } from './user-settings.ts';

export interface RemoveProviderPorts {
  readonly directory: ModelDirectory;
  readonly settings: UserSettings;
  readonly keys: SecretKeyStore;
  readonly lists: ModelLists;
}

/** `tutti.removeProvider` `{id?}`: takes the entry, its key, its list of models and its place in roles away. */
export function removeProviderCommand(ports: RemoveProviderPorts): Command {
  return {
    id: 'tutti.removeProvider',
    async run(argument) {
      const id = stringAt(argument, 'id') ?? (await ask(ports));
      if (id === undefined) return;
      const known = (await ports.directory.providers()).find((provider) => provider.id === id);
      if (known?.vendor.builtIn) throw new Error(`"${id}" is Tutti’s own and cannot be removed.`);
      // The key first: it must not outlive a failure of what follows.
      await ports.keys.remove(id);
      await ports.settings.set('providers', id, undefined);
      for (const [role, left] of withoutProvider(ports.settings.roles(), id)) {
        await ports.settings.set('roles', role, left);
      }
      await ports.lists.remove(id);
    },
  };
}

async function ask(ports: RemoveProviderPorts): Promise<string | undefined> {
  const providers = (await ports.directory.providers()).filter((provider) => !provider.vendor.builtIn);
  if (providers.length === 0) {
    void vscode.window.showInformationMessage('No provider is set up. The model inside cannot be removed.');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    providers.map(({ id, vendor, endpoint }) => ({ label: id, description: `${vendor.label} · ${endpoint.baseUrl}` })),
    { title: 'Remove Provider', placeHolder: 'Its key is removed from the secret store, too' },
  );
  return picked?.label;
}
