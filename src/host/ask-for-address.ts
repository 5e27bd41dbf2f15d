import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { describeServer, explainNothing } from '../chat/explain-discovery.ts';
import type { Discovery, FoundServer } from '../llm/discovery.ts';
import type { Vendor } from '../llm/vendor.ts';
import { signalOf } from './signal-of.ts';

export interface DiscoveryPorts {
  readonly discover: (
    address: string,
    key: string | undefined,
    signal: AbortSignal,
    guess?: Vendor,
  ) => Promise<Discovery>;
  readonly probeLocal: (
    signal: AbortSignal,
    options: { readonly alsoAt: readonly string[]; readonly besides: readonly string[] },
  ) => Promise<readonly Discovery[]>;
}

/** What the user decided once it was shown what is at an address. */
export type Examined =
  | { readonly kind: 'add'; readonly vendor: Vendor; readonly baseUrl: string; readonly found?: FoundServer }
  | { readonly kind: 'ask-again' };

type Choice = vscode.QuickPickItem & { readonly decision: Examined };

/**
 * Looks who answers at an address, and asks what to do where that is not what the user said. Undefined = the user
 * walked away.
 */
export async function examineAddress(
  ports: DiscoveryPorts,
  vendor: Vendor,
  address: string,
  key: string | undefined,
): Promise<Examined | undefined> {
  // A list alone does not tell which protocol goes with it: then the user's word counts.
  const guess = vendor.baseUrl === undefined ? vendor : undefined;
  const found = await withCancel(l10n.t('Looking at {0}…', address), (signal) =>
    ports.discover(address, key, signal, guess),
  );
  if (found.kind === 'server' && found.vendor.id === vendor.id && isOpen(found)) {
    return { kind: 'add', vendor, baseUrl: found.baseUrl, found };
  }
  const isThere = found.kind === 'server';
  const picked = await vscode.window.showQuickPick(
    isThere ? serverChoices(found, vendor, address) : nothingChoices(found, vendor),
    {
      title: l10n.t('Add Provider'),
      placeHolder: isThere ? l10n.t('{0} answers there', found.vendor.label) : l10n.t('No model answers there'),
      ignoreFocusOut: true,
    },
  );
  return picked?.decision;
}

/** It took the key; a server without a list is no less of a server. */
function isOpen({ problem }: FoundServer): boolean {
  return problem === undefined || problem.code === 'not-found';
}

function serverChoices(found: FoundServer, vendor: Vendor, address: string): readonly Choice[] {
  return [
    {
      label: `$(check) ${l10n.t('Add {0}', found.vendor.label)}`,
      description: found.baseUrl,
      detail: describeServer(found),
      decision: { kind: 'add', vendor: found.vendor, baseUrl: found.baseUrl, found },
    },
    {
      label: `$(plug) ${l10n.t('Add as {0} all the same', vendor.label)}`,
      description: address,
      decision: { kind: 'add', vendor, baseUrl: address },
    },
    changeAddress,
  ];
}

function nothingChoices(found: Extract<Discovery, { kind: 'nothing' }>, vendor: Vendor): readonly Choice[] {
  return [
    { ...changeAddress, detail: explainNothing(found.error, found.address, vendor) },
    { label: `$(plug) ${l10n.t('Add It All the Same')}`, decision: { kind: 'add', vendor, baseUrl: found.address } },
  ];
}

const changeAddress: Choice = { label: `$(edit) ${l10n.t('Change the Address')}`, decision: { kind: 'ask-again' } };

function withCancel<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_, token) => work(signalOf(token)),
  );
}
