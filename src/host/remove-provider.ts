import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import { withoutProvider } from '../gateway/roles.ts';
import type { ModelLists } from '../store/model-lists.ts';
import { isObject, stringAt } from '../util/json.ts';
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
      if (known?.vendor.builtIn) throw new Error(l10n.t('"{0}" is Tutti’s own and cannot be removed.', id));
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
  const setting = ports.settings.providers();
  // Also those that cannot be used: they are the first one wants to be rid of.
  const ids = isObject(setting) ? Object.keys(setting) : [];
  const usable = new Map((await ports.directory.providers()).map((provider) => [provider.id, provider]));
  if (ids.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No provider is set up. The model inside cannot be removed.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    ids.map((id) => {
      const provider = usable.get(id);
      const description = provider
        ? `${provider.vendor.label} · ${provider.endpoint.baseUrl}`
        : l10n.t('cannot be used as set');
      return { label: id, description };
    }),
    { title: l10n.t('Remove Provider'), placeHolder: l10n.t('Its key is removed from the secret store, too') },
  );
  return picked?.label;
}
