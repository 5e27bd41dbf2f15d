import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { explainNothing } from '../chat/explain-discovery.ts';
import { wordError } from '../chat/wording.ts';
import { originOf } from '../gateway/authorize.ts';
import { entryOf } from '../models/provider-entry.ts';
import { booleanAt, isObject, stringAt } from '../util/json.ts';
import { type AskForProviderPorts, askForProvider, type NewProvider } from './ask-for-provider.ts';
import type { Command } from './command.ts';
import type { SecretKeyStore } from './key-store.ts';
import { signIn } from './sign-in.ts';
import type { UserSettings } from './user-settings.ts';

export interface AddProviderPorts extends AskForProviderPorts {
  readonly settings: UserSettings;
  readonly keys: SecretKeyStore;
}

/** What became of it, for callers that passed arguments. */
export interface AddedProvider {
  readonly id: string;
  readonly models: readonly string[];
  /** Why the models could not be listed; the provider is set up all the same. */
  readonly problem?: string;
}

/**
 * `tutti.addProvider` `{id, vendor, baseUrl?, apiKey?, signIn?}`, or `{id?, address, apiKey?}` to have the vendor found out;
 * without arguments it asks vendor → address → key.
 */
export function addProviderCommand(ports: AddProviderPorts): Command {
  return {
    id: 'tutti.addProvider',
    async run(argument): Promise<AddedProvider | undefined> {
      const given = readArgument(argument) ?? (await discovered(ports, argument));
      const wanted = given ?? (await askForProvider(ports));
      if (!wanted) return undefined;
      const added = await addProvider(ports, wanted);
      if (!given) await tell(added);
      return added;
    },
  };
}

function readArgument(argument: unknown): NewProvider | undefined {
  const vendor = stringAt(argument, 'vendor');
  if (vendor === undefined) return undefined;
  const baseUrl = stringAt(argument, 'baseUrl');
  const apiKey = stringAt(argument, 'apiKey');
  return {
    id: stringAt(argument, 'id') ?? vendor,
    vendor,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(apiKey !== undefined && apiKey !== '' && { apiKey }),
    ...(booleanAt(argument, 'signIn') && { signIn: true }),
  };
}

async function discovered(ports: AddProviderPorts, argument: unknown): Promise<NewProvider | undefined> {
  const address = stringAt(argument, 'address');
  if (address === undefined) return undefined;
  const apiKey = stringAt(argument, 'apiKey');
  const found = await ports.discover(address, apiKey, AbortSignal.timeout(60_000));
  if (found.kind === 'nothing') throw new Error(explainNothing(found.error, address));
  const { vendor, baseUrl } = found;
  return { id: stringAt(argument, 'id') ?? vendor.id, vendor: vendor.id, baseUrl, ...(apiKey && { apiKey }) };
}

/** Puts the entry into the settings and the key into the store, and has the provider list its models. */
export async function addProvider(ports: AddProviderPorts, wanted: NewProvider): Promise<AddedProvider> {
  const { id, apiKey } = wanted;
  if (id === '' || id.includes('/'))
    throw new Error(l10n.t('"{0}" is no provider id: it may not be empty or contain "/".', id));
  if ((await ports.vendors()).some((row) => row.builtIn && row.id === id))
    throw new Error(l10n.t('"{0}" is Tutti’s own.', id));
  const entries = ports.settings.providers();
  await ports.settings.set('providers', id, entryOf(isObject(entries) ? entries[id] : undefined, wanted));
  // The change event may come later than the next line needs it.
  ports.directory.settingsChanged();
  const provider = (await ports.directory.providers()).find((known) => known.id === id);
  if (!provider) {
    const problems = await ports.directory.problems();
    throw new Error(problems.at(-1) ?? l10n.t('The provider "{0}" cannot be used.', id));
  }
  if (provider.config.signIn && provider.vendor.signIn) await signIn(provider.vendor.signIn);
  if (apiKey !== undefined) await ports.keys.save(id, originOf(provider), apiKey);
  const answer = await ports.directory.refresh(provider, AbortSignal.timeout(30_000));
  if ('models' in answer) return { id, models: answer.models.map((model) => model.id) };
  const { cause, nextStep } = wordError(answer.error, id);
  return { id, models: [], problem: `${cause} ${nextStep}` };
}

async function tell(added: AddedProvider): Promise<void> {
  if (added.problem !== undefined) {
    const message = l10n.t('"{0}" is set up, but its models could not be listed. {1}', added.id, added.problem);
    const choice = await vscode.window.showWarningMessage(message, l10n.t('Test Connection'));
    if (choice) await vscode.commands.executeCommand('tutti.testConnection');
    return;
  }
  const message = l10n.t('"{0}" is ready: {1} models.', added.id, added.models.length);
  const choice = await vscode.window.showInformationMessage(message, l10n.t('Switch Model…'));
  if (choice) await vscode.commands.executeCommand('tutti.switchModel');
}
