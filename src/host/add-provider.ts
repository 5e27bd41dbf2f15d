import * as vscode from 'vscode';
import { wordError } from '../chat/wording.ts';
import { type ModelDirectory, originOf } from '../gateway/model-directory.ts';
import type { Vendor } from '../llm/vendor.ts';
import { stringAt } from '../util/json.ts';
import type { Command } from './command.ts';
import type { SecretKeyStore } from './key-store.ts';
import type { UserSettings } from './user-settings.ts';

export interface AddProviderPorts {
  readonly vendors: () => Promise<readonly Vendor[]>;
  readonly directory: ModelDirectory;
  readonly settings: UserSettings;
  readonly keys: SecretKeyStore;
}

interface NewProvider {
  readonly id: string;
  readonly vendor: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
}

/** What became of it, for callers that passed arguments. */
export interface AddedProvider {
  readonly id: string;
  readonly models: readonly string[];
  /** Why the models could not be listed; the provider is set up all the same. */
  readonly problem?: string;
}

/** `tutti.addProvider` `{id, vendor, baseUrl?, apiKey?}`: without arguments it asks vendor → address → key. */
export function addProviderCommand(ports: AddProviderPorts): Command {
  return {
    id: 'tutti.addProvider',
    async run(argument): Promise<AddedProvider | undefined> {
      const given = readArgument(argument);
      const wanted = given ?? (await ask(ports));
      if (!wanted) return undefined;
      const added = await add(ports, wanted);
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
  };
}

async function add(ports: AddProviderPorts, wanted: NewProvider): Promise<AddedProvider> {
  const { id, vendor, baseUrl, apiKey } = wanted;
  if (id === '' || id.includes('/')) throw new Error(`"${id}" is no provider id: it may not be empty or contain "/".`);
  await ports.settings.set('providers', id, { vendor, ...(baseUrl !== undefined && { baseUrl }) });
  // The change event may come later than the next line needs it.
  ports.directory.settingsChanged();
  const provider = (await ports.directory.providers()).find((known) => known.id === id);
  if (!provider) {
    const problems = await ports.directory.problems();
    throw new Error(problems.at(-1) ?? `The provider "${id}" cannot be used.`);
  }
  if (apiKey !== undefined) await ports.keys.save(id, originOf(provider), apiKey);
  const answer = await ports.directory.refresh(provider, AbortSignal.timeout(30_000));
  if ('models' in answer) return { id, models: answer.models.map((model) => model.id) };
  const { cause, nextStep } = wordError(answer.error, id);
  return { id, models: [], problem: `${cause} ${nextStep}` };
}

async function ask(ports: AddProviderPorts): Promise<NewProvider | undefined> {
  const vendors = (await ports.vendors()).filter((vendor) => !vendor.builtIn);
  const picked = await vscode.window.showQuickPick(
    vendors.map((vendor) => ({ label: vendor.label, description: vendor.baseUrl ?? 'any address', vendor })),
    { title: 'Add Provider', placeHolder: 'Who runs the models?', matchOnDescription: true },
  );
  if (!picked) return undefined;
  const { vendor } = picked;
  const baseUrl = await askForBaseUrl(vendor);
  if (baseUrl === undefined) return undefined;
  const apiKey = vendor.key === 'none' ? '' : await askForKey(vendor);
  if (apiKey === undefined) return undefined;
  const taken = new Set((await ports.directory.providers()).map((provider) => provider.id));
  const id = await vscode.window.showInputBox({
    title: `Add Provider: ${vendor.label}`,
    prompt: 'A short name; models are then written name/model.',
    value: freeId(vendor.id, taken),
    ignoreFocusOut: true,
    validateInput: (value) => (value === '' || value.includes('/') ? 'May not be empty or contain "/".' : undefined),
  });
  if (id === undefined) return undefined;
  return {
    id,
    vendor: vendor.id,
    ...(baseUrl !== '' && baseUrl !== vendor.baseUrl && { baseUrl }),
    ...(apiKey !== '' && { apiKey }),
  };
}

/** A vendor in the cloud has one address; a local or compatible server may be anywhere. */
async function askForBaseUrl(vendor: Vendor): Promise<string | undefined> {
  if (vendor.baseUrl !== undefined && !vendor.local) return vendor.baseUrl;
  const url = await vscode.window.showInputBox({
    title: `Add Provider: ${vendor.label}`,
    prompt: 'Address of the server, e.g. https://models.example.com/v1',
    value: vendor.baseUrl ?? '',
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^https?:$/.test(URL.parse(value.trim())?.protocol ?? '')
        ? undefined
        : 'An address that begins with http:// or https://.',
  });
  return url?.trim();
}

async function askForKey(vendor: Vendor): Promise<string | undefined> {
  const key = await vscode.window.showInputBox({
    title: `Add Provider: ${vendor.label}`,
    prompt: 'API key. It is kept in the editor’s secret store and sent to this address only.',
    placeHolder: vendor.key === 'optional' ? 'Leave empty if the server asks for none' : 'Paste the key',
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' && vendor.key === 'required' ? 'This vendor needs a key.' : undefined,
  });
  return key?.trim();
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

async function tell(added: AddedProvider): Promise<void> {
  if (added.problem !== undefined) {
    const message = `"${added.id}" is set up, but its models could not be listed. ${added.problem}`;
    const choice = await vscode.window.showWarningMessage(message, 'Test Connection');
    if (choice) await vscode.commands.executeCommand('tutti.testConnection');
    return;
  }
  const message = `"${added.id}" is ready: ${added.models.length} models.`;
  const choice = await vscode.window.showInformationMessage(message, 'Switch Model…');
  if (choice) await vscode.commands.executeCommand('tutti.switchModel');
}
