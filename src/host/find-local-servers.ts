import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { describeServer, explainNothing } from '../chat/explain-discovery.ts';
import { hintForServers, outerHosts, whereabouts } from '../chat/where-it-runs.ts';
import type { FoundNothing, FoundServer } from '../llm/discovery.ts';
import type { Provider } from '../models/resolve-model.ts';
import { type AddedProvider, type AddProviderPorts, addProvider } from './add-provider.ts';
import { askForProvider, freeId } from './ask-for-provider.ts';
import type { Command } from './command.ts';
import { signalOf } from './signal-of.ts';

type Item = vscode.QuickPickItem & {
  readonly found?: FoundServer | FoundNothing;
  readonly known?: Provider;
  readonly hint?: string;
};

/**
 * `tutti.findLocalServers`: looks where servers usually are, and where the user's own are, all at once. All that was
 * found stands in one list, with the reason where nobody was; what is chosen there is set up as a provider.
 */
export function findLocalServersCommand(ports: AddProviderPorts): Command {
  return {
    id: 'tutti.findLocalServers',
    async run(): Promise<readonly AddedProvider[]> {
      const items = await look(ports);
      const picked = await vscode.window.showQuickPick(items, {
        title: l10n.t('Servers on This Computer'),
        placeHolder: items.some(({ found }) => found?.kind === 'server')
          ? l10n.t('Which servers on this computer to use? Where nobody was found, another address can be given')
          : l10n.t('No servers on this computer where they usually are. Choose one to give its address'),
        canPickMany: true,
        matchOnDescription: true,
        ignoreFocusOut: true,
      });
      const added: AddedProvider[] = [];
      for (const { found, known, hint } of picked ?? []) {
        // The list shows the beginning of it only.
        if (hint !== undefined) void vscode.window.showInformationMessage(hint);
        const one = await use(ports, found, known);
        if (one) added.push(one);
      }
      if (added.length > 0) void tell(added);
      return added;
    },
  };
}

async function look(ports: AddProviderPorts): Promise<readonly Item[]> {
  const { remoteName } = vscode.env;
  const where = whereabouts(remoteName);
  const own = (await ports.directory.providers()).filter(({ vendor }) => vendor.local && !vendor.builtIn);
  const found = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Looking for servers on this computer…'),
      cancellable: true,
    },
    (_, token) => {
      const besides = own.map(({ endpoint }) => endpoint.baseUrl);
      return ports.probeLocal(signalOf(token), { alsoAt: outerHosts[where], besides });
    },
  );
  const items = found.map((one) => itemOf(one, own));
  const there = items.filter(({ found }) => found?.kind === 'server');
  const gone = items.filter(({ found, known }) => found?.kind === 'nothing' && known);
  const nobody = items.filter(({ found, known }) => found?.kind === 'nothing' && !known);
  const hint = hintForServers(where, remoteName);
  return [
    ...section(l10n.t('Found'), there),
    ...section(l10n.t('Set up, and not there just now'), gone),
    ...section(l10n.t('Not found'), nobody),
    ...(hint === '' ? [] : [{ label: `$(info) ${l10n.t('Who is localhost here?')}`, detail: hint, hint }]),
  ];
}

function itemOf(found: FoundServer | FoundNothing, own: readonly Provider[]): Item {
  const address = found.kind === 'server' ? found.baseUrl : found.address;
  const known = own.find(({ endpoint }) => placeOf(endpoint.baseUrl) === placeOf(address));
  const more = { found, ...(known && { known }) };
  if (found.kind === 'server') {
    const detail = describeServer(found);
    const label = `$(server) ${found.vendor.label}`;
    if (!known) return { label, description: address, detail, picked: true, ...more };
    return { label, description: l10n.t('{0}, set up as {1}', address, known.id), detail, ...more };
  }
  const kind = known?.vendor ?? found.usual;
  const label = `$(circle-slash) ${known?.id ?? kind?.label ?? address}`;
  return { label, description: address, detail: explainNothing(found.error, address, kind), ...more };
}

function section(label: string, items: readonly Item[]): readonly Item[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

/** Sets up who was found, has the list of one that was set up fresh, or asks where one that was not found really is. */
async function use(
  ports: AddProviderPorts,
  found: Item['found'],
  known: Provider | undefined,
): Promise<AddedProvider | undefined> {
  if (found?.kind === 'server') {
    const { vendor, baseUrl } = found;
    const taken = new Set((await ports.directory.providers()).map(({ id }) => id));
    const id = known?.id ?? freeId(vendor.id, taken);
    const address = known?.config.baseUrl ?? baseUrl;
    return addProvider(ports, { id, vendor: known?.vendor.id ?? vendor.id, baseUrl: address });
  }
  const kind = known?.vendor ?? found?.usual;
  const wanted = kind && (await askForProvider(ports, kind));
  return wanted && addProvider(ports, wanted);
}

async function tell(added: readonly AddedProvider[]): Promise<void> {
  const words = added.map(({ id, models, problem }) =>
    problem === undefined ? l10n.t('"{0}" is ready, models: {1}.', id, models.length) : `"${id}": ${problem}`,
  );
  const switchModel = l10n.t('Switch Model…');
  const choice = await vscode.window.showInformationMessage(words.join(' '), switchModel);
  if (choice) await vscode.commands.executeCommand('tutti.switchModel');
}

/** `localhost` and its usual address are one. */
function placeOf(address: string): string {
  return URL.parse(address)?.origin.replace('//localhost', '//127.0.0.1') ?? address;
}
