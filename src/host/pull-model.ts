import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { explainNothing } from '../chat/explain-discovery.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { Endpoint } from '../llm/endpoint.ts';
import { type ModelRef, modelRef } from '../llm/model-ref.ts';
import type { PullOutcome, PullReport } from '../llm/pull.ts';
import type { Vendor } from '../llm/vendor.ts';
import { describeBytes } from '../models/describe-model.ts';
import type { Provider } from '../models/resolve-model.ts';
import { stringAt } from '../util/json.ts';
import type { Command } from './command.ts';
import { signalOf } from './signal-of.ts';

type Pulls = NonNullable<Vendor['pulls']>;

export interface PullModelPorts {
  readonly directory: ModelDirectory;
  readonly pull: (
    endpoint: Endpoint,
    pulls: Pulls,
    model: string,
    report: PullReport,
    signal: AbortSignal,
  ) => Promise<PullOutcome>;
}

/** `tutti.pullModel` `{provider?, model?}`: has a server of the user's own fetch a model, shown as it comes. */
export function pullModelCommand(ports: PullModelPorts): Command {
  return {
    id: 'tutti.pullModel',
    async run(argument): Promise<ModelRef | undefined> {
      const provider = await whoPulls(ports.directory, stringAt(argument, 'provider'));
      const pulls = provider?.vendor.pulls;
      if (!provider || pulls === undefined) return undefined;
      const model = stringAt(argument, 'model') ?? (await askForName(provider));
      if (model === undefined) return undefined;
      const endpoint = await ports.directory.authorize(provider.endpoint);
      if ('code' in endpoint) throw new Error(endpoint.message);
      const outcome = await pullShown(ports, endpoint, pulls, model);
      if (outcome.kind === 'aborted') return undefined;
      if (outcome.kind === 'failed') throw new Error(explainFailure(outcome, provider, model));
      await ports.directory.refresh(provider, AbortSignal.timeout(30_000));
      const ref = modelRef(provider.id, model);
      if (argument === undefined) void offer(ref);
      return ref;
    },
  };
}

async function whoPulls(directory: ModelDirectory, id: string | undefined): Promise<Provider | undefined> {
  const able = (await directory.providers()).filter(({ vendor }) => vendor.pulls !== undefined);
  const [only] = able;
  if (id !== undefined) {
    const named = able.find((provider) => provider.id === id);
    if (!named) throw new Error(l10n.t('"{0}" is no server that pulls models.', id));
    return named;
  }
  if (!only) {
    const find = l10n.t('Find Local Servers');
    const words = l10n.t('No server that pulls models is set up.');
    const choice = await vscode.window.showInformationMessage(words, find);
    if (choice) await vscode.commands.executeCommand('tutti.findLocalServers');
    return undefined;
  }
  if (able.length === 1) return only;
  const picked = await vscode.window.showQuickPick(
    able.map((provider) => ({ label: provider.id, description: provider.endpoint.baseUrl, provider })),
    { title: l10n.t('Pull a Model'), placeHolder: l10n.t('Which server is to have it?') },
  );
  return picked?.provider;
}

async function askForName({ id, vendor }: Provider): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: l10n.t('Pull a Model'),
    prompt: l10n.t('Name of the model that "{0}" ({1}) is to fetch, e.g. {2}', id, vendor.label, 'qwen2.5-coder:1.5b'),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? l10n.t('A model has a name.') : undefined),
  });
  return name?.trim();
}

function pullShown({ pull }: PullModelPorts, endpoint: Endpoint, pulls: Pulls, model: string): Thenable<PullOutcome> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Pulling {0}', model),
    cancellable: true,
  } as const;
  return vscode.window.withProgress(options, (progress, token) => {
    let shown = 0;
    const report: PullReport = ({ status, received, bytes }) => {
      if (bytes === 0) return progress.report({ message: status });
      // More layers may become known: it never goes back.
      const percent = Math.max(shown, Math.floor((100 * received) / bytes));
      const message = l10n.t('{0} of {1}', describeBytes(received), describeBytes(bytes));
      progress.report({ increment: percent - shown, message });
      shown = percent;
    };
    return pull(endpoint, pulls, model, report, signalOf(token));
  });
}

function explainFailure(
  { error }: Extract<PullOutcome, { kind: 'failed' }>,
  { endpoint, vendor }: Provider,
  model: string,
): string {
  // What the server itself says of the model is the reason; where there is no server, that is.
  const reason =
    error.status === undefined && error.code !== 'server'
      ? explainNothing(error, endpoint.baseUrl, vendor)
      : error.message;
  return l10n.t('{0} could not be pulled: {1}', model, reason);
}

async function offer(ref: ModelRef): Promise<void> {
  const use = l10n.t('Use It for Chat');
  const choice = await vscode.window.showInformationMessage(l10n.t('{0} is there.', ref), use);
  if (choice) await vscode.commands.executeCommand('tutti.switchModel', { role: 'chat', model: ref });
}
