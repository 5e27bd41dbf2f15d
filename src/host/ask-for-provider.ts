import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { describeServer } from '../chat/explain-discovery.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { FoundServer } from '../llm/discovery.ts';
import type { Vendor } from '../llm/vendor.ts';
import { isObject, stringAt } from '../util/json.ts';
import { type DiscoveryPorts, examineAddress } from './ask-for-address.ts';
import type { UserSettings } from './user-settings.ts';

export interface AskForProviderPorts extends DiscoveryPorts {
  readonly vendors: () => Promise<readonly Vendor[]>;
  readonly directory: ModelDirectory;
  readonly settings: Pick<UserSettings, 'providers'>;
}

export interface NewProvider {
  readonly id: string;
  readonly vendor: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  /** The user's account takes the place of a key. */
  readonly signIn?: true;
}

interface Place extends Pick<NewProvider, 'apiKey' | 'baseUrl'> {
  readonly vendor: Vendor;
  /** What was seen there, for the last look before it is saved. */
  readonly found?: FoundServer;
}

/** Asks vendor → address → key → name, without the vendor where it is `meant`; undefined = the user walked away. */
export async function askForProvider(ports: AskForProviderPorts, meant?: Vendor): Promise<NewProvider | undefined> {
  const place = await (meant ? askWhere(ports, meant) : askForPlace(ports));
  if (!place) return undefined;
  const { vendor, baseUrl, apiKey, found } = place;
  const setting = ports.settings.providers();
  const entries = isObject(setting) ? setting : {};
  const own = new Set((await ports.vendors()).filter((row) => row.builtIn).map((row) => row.id));
  const taken = new Set([...own, ...Object.keys(entries)]);
  // Whoever adds the same place once more has another key for it.
  const [again] = Object.entries(entries).find(([, entry]) => isEntryOf(entry, place)) ?? [];
  const id = await vscode.window.showInputBox({
    title: l10n.t('Add Provider: {0}', vendor.label),
    prompt: `${found ? `${describeServer(found)} · ` : ''}${l10n.t('A short name; models are then written name/model.')}`,
    value: again ?? freeId(vendor.id, taken),
    ignoreFocusOut: true,
    validateInput(value) {
      if (value === '' || value.includes('/')) return l10n.t('May not be empty or contain "/".');
      if (own.has(value)) return l10n.t('"{0}" is Tutti’s own.', value);
      if (!taken.has(value)) return undefined;
      const message = l10n.t('"{0}" is set up already: its address and key are replaced.', value);
      return { message, severity: vscode.InputBoxValidationSeverity.Warning };
    },
  });
  if (id === undefined) return undefined;
  return {
    id,
    vendor: vendor.id,
    ...(baseUrl !== undefined && baseUrl !== vendor.baseUrl && { baseUrl }),
    ...(apiKey !== undefined && apiKey !== '' && { apiKey }),
    ...(apiKey === '' && vendor.signIn && { signIn: true }),
  };
}

function isEntryOf(entry: unknown, { vendor, baseUrl }: Place): boolean {
  const address = stringAt(entry, 'baseUrl') ?? vendor.baseUrl;
  return stringAt(entry, 'vendor') === vendor.id && address === (baseUrl ?? vendor.baseUrl);
}

type VendorItem = vscode.QuickPickItem & { readonly vendor?: Vendor };

async function askForPlace(ports: AskForProviderPorts): Promise<Place | undefined> {
  const vendors = (await ports.vendors()).filter((vendor) => !vendor.builtIn);
  const items: readonly VendorItem[] = [
    { label: `$(search) ${l10n.t('Find servers on this computer')}` },
    { label: l10n.t('Vendors'), kind: vscode.QuickPickItemKind.Separator },
    ...vendors.map((vendor) => ({ label: vendor.label, description: vendor.baseUrl ?? l10n.t('any address'), vendor })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Add Provider'),
    placeHolder: l10n.t('Who runs the models?'),
    matchOnDescription: true,
  });
  if (!picked) return undefined;
  if (picked.vendor) return askWhere(ports, picked.vendor);
  await vscode.commands.executeCommand('tutti.findLocalServers');
  return undefined;
}

/** A server that may be anywhere is looked at; if it is not what the user meant, the address is asked for again. */
async function askWhere(ports: AskForProviderPorts, vendor: Vendor): Promise<Place | undefined> {
  let typed = vendor.baseUrl ?? '';
  for (;;) {
    const baseUrl = await askForBaseUrl(vendor, typed);
    if (baseUrl === undefined) return undefined;
    const apiKey = vendor.key === 'none' ? '' : await askForKey(vendor);
    if (apiKey === undefined) return undefined;
    // Who demands a key is a known service, and asking it for models would tell no more than adding it does.
    if (vendor.key !== 'optional') return { vendor, baseUrl, apiKey };
    const examined = await examineAddress(ports, vendor, baseUrl, apiKey);
    if (!examined) return undefined;
    if (examined.kind === 'add') return { ...examined, apiKey };
    typed = baseUrl;
  }
}

/** A vendor in the cloud has one address; a local or compatible server may be anywhere. */
async function askForBaseUrl(vendor: Vendor, typed: string): Promise<string | undefined> {
  if (vendor.baseUrl !== undefined && !vendor.local) return vendor.baseUrl;
  const url = await vscode.window.showInputBox({
    title: l10n.t('Add Provider: {0}', vendor.label),
    prompt: l10n.t('Address of the server, e.g. {0}', vendor.exampleUrl ?? vendor.baseUrl ?? ''),
    value: typed,
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^https?:$/.test(URL.parse(value.trim())?.protocol ?? '')
        ? undefined
        : l10n.t('An address that begins with http:// or https://.'),
  });
  return url?.trim();
}

async function askForKey(vendor: Vendor): Promise<string | undefined> {
  const mayBeEmpty = vendor.key === 'optional' || vendor.signIn !== undefined;
  const key = await vscode.window.showInputBox({
    title: l10n.t('Add Provider: {0}', vendor.label),
    prompt: l10n.t('API key. It is kept in the editor’s secret store and sent to this address only.'),
    placeHolder: keyHint(vendor),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' && !mayBeEmpty ? l10n.t('This vendor needs a key.') : undefined),
  });
  return key?.trim();
}

function keyHint({ key, signIn }: Vendor): string {
  if (signIn) return l10n.t('Paste the key, or leave empty to use your {0} account', signIn.provider);
  return key === 'optional' ? l10n.t('Leave empty if the server asks for none') : l10n.t('Paste the key');
}

export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}
