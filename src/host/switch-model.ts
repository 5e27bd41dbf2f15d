import * as vscode from 'vscode';
import { wordError } from '../chat/wording.ts';
import { describeEvidence } from '../completion/describe-evidence.ts';
import { formNote } from '../completion/form.ts';
import type { Evidence } from '../completion/learning-summary.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ModelDirectory, ProviderModels } from '../gateway/model-directory.ts';
import { chosen, isRole, type Role, roles } from '../gateway/roles.ts';
import type { Model } from '../llm/model.ts';
import { isModelRef, type ModelRef } from '../llm/model-ref.ts';
import { describeModel } from '../models/describe-model.ts';
import { stringAt } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';
import type { ChatSession } from './chat-session.ts';
import type { Command } from './command.ts';
import type { UserSettings } from './user-settings.ts';

export interface SwitchModelPorts {
  readonly gateway: Gateway;
  readonly directory: ModelDirectory;
  readonly settings: UserSettings;
  readonly session: ChatSession;
  /** What was learned of models as completion models; never rejects. */
  readonly evidence: () => Promise<EvidenceByModel>;
  /** Brings a model inside onto the disk where it is not; false = the user does not want it. */
  readonly prepare: (ref: ModelRef) => Promise<boolean>;
}

type EvidenceByModel = ReadonlyMap<ModelRef, Evidence>;

/** `tutti.switchModel` `{role?, model?}`: with a model no question is asked; without, all models stand in one list. */
export function switchModelCommand(ports: SwitchModelPorts): Command {
  return {
    id: 'tutti.switchModel',
    async run(argument) {
      const role = stringAt(argument, 'role') ?? 'chat';
      if (!isRole(role)) throw new Error(`"${role}" is no job for a model. Known are: ${roles.join(', ')}.`);
      const model = stringAt(argument, 'model');
      if (model === undefined) return askForModel(ports, role);
      if (!isModelRef(model)) throw new Error(`"${model}" is no model. A model is written provider/model.`);
      await choose(ports, role, model);
    },
  };
}

async function choose(ports: SwitchModelPorts, role: Role, ref: ModelRef): Promise<void> {
  if (!(await ports.prepare(ref))) return;
  if (role === 'chat') await ports.session.chooseModel(ref);
  else await ports.settings.set('roles', role, chosen(ports.settings.roles(), role, ref));
}

type Item = vscode.QuickPickItem & {
  readonly ref?: ModelRef;
  readonly command?: string;
  readonly role?: Role;
};

const compareButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('graph'),
  tooltip: 'Compare Completion Models',
};

async function askForModel(ports: SwitchModelPorts, role: Role): Promise<void> {
  const picker = vscode.window.createQuickPick<Item>();
  const abort = new AbortController();
  picker.title = `Switch Model: ${role}`;
  picker.placeholder = 'Search models, or type provider/model for one that is not listed';
  picker.matchOnDescription = true;
  picker.busy = true;
  if (role === 'completion') picker.buttons = [compareButton];
  let items: readonly Item[] = [];
  const show = (): void => {
    picker.items = [...items, ...typedItem(picker.value, items)];
  };
  const found = new Promise<Item | undefined>((resolve) => {
    picker.onDidTriggerButton(() => resolve({ label: '', command: 'tutti.compareCompletions' }));
    picker.onDidAccept(() => resolve(picker.selectedItems[0]));
    picker.onDidHide(() => resolve(undefined));
    picker.onDidChangeValue(show);
  });
  const list = async (): Promise<void> => {
    const chat = role === 'chat' ? await ports.session.currentModel() : undefined;
    const { ref: current } = await ports.gateway.resolve(role, chat);
    const [providers, evidence] = await Promise.all([
      ports.directory.all(abort.signal),
      role === 'completion' ? ports.evidence() : new Map(),
    ]);
    items = itemsOf(providers, role, current, evidence);
    show();
    picker.activeItems = picker.items.filter((one) => one.ref === current);
  };
  // Shown once everything is listened to: it may be closed again before anything is known.
  picker.show();
  const listing = list().catch((error: unknown) => {
    // What can be typed or done without the list still can.
    items = [{ label: `$(warning) ${messageOf(error)}`, alwaysShow: true }, ...otherItems(role)];
    show();
  });
  void listing.then(() => {
    picker.busy = false;
  });
  const item = await found;
  abort.abort();
  picker.dispose();
  if (item?.ref) await choose(ports, role, item.ref);
  else if (item?.command) await vscode.commands.executeCommand(item.command);
  else if (item?.role) await askForModel(ports, item.role);
}

function itemsOf(
  providers: readonly ProviderModels[],
  role: Role,
  current: string | undefined,
  evidence: EvidenceByModel,
): readonly Item[] {
  return [...providers.flatMap((provider) => providerItems(provider, role, current, evidence)), ...otherItems(role)];
}

function providerItems(
  provider: ProviderModels,
  role: Role,
  current: string | undefined,
  evidence: EvidenceByModel,
): readonly Item[] {
  const models = provider.models.filter((model) => canServe(model, role));
  if (models.length === 0 && !provider.error) return [];
  return [
    { label: provider.label, kind: vscode.QuickPickItemKind.Separator },
    ...(provider.error ? [errorItem(provider)] : []),
    ...models.map((model) => modelItem(model, current, detailsOf(model, provider, role, evidence.get(model.ref)))),
  ];
}

/** A chat model can complete too, through a hole-filling question. */
function canServe(model: Model, role: Role): boolean {
  return model.chat !== undefined || (role === 'completion' && model.completion !== undefined);
}

function modelItem(model: Model, current: string | undefined, detail: string): Item {
  return {
    label: `${model.ref === current ? '$(check) ' : ''}${model.facts.name ?? model.id}`,
    description: [model.facts.name === undefined ? '' : model.id, describeModel(model.facts)]
      .filter(Boolean)
      .join(' · '),
    detail,
    ref: model.ref,
  };
}

function detailsOf(model: Model, provider: ProviderModels, role: Role, evidence: Evidence | undefined): string {
  const reason = provider.error && wordError(provider.error, model.ref).cause;
  const seen = evidence ? describeEvidence(evidence) : '';
  const note = role === 'completion' ? formNote(model) : undefined;
  const details = [
    reason === undefined ? '' : `$(circle-slash) ${reason}`,
    seen === '' ? '' : `$(graph) ${seen}`,
    note === undefined ? '' : `$(question) ${note}`,
  ];
  return details.filter(Boolean).join('  ');
}

function errorItem(provider: ProviderModels): Item {
  const view = provider.error && wordError(provider.error, provider.id);
  return {
    label: `$(warning) ${view?.cause ?? ''}`,
    detail: view?.nextStep ?? '',
    command: view?.action === undefined ? 'tutti.addProvider' : `tutti.${view.action.command}`,
    alwaysShow: true,
  };
}

function otherItems(role: Role): readonly Item[] {
  return [
    { label: 'More', kind: vscode.QuickPickItemKind.Separator },
    { label: '$(plug) Add Provider…', command: 'tutti.addProvider', alwaysShow: true },
    { label: '$(file) Use a GGUF File from Disk…', command: 'tutti.chooseModelFile', alwaysShow: true },
    ...roles
      .filter((other) => other !== role)
      .map((other): Item => ({ label: `$(list-selection) Choose for ${other} instead`, role: other })),
  ];
}

/** Any model of a known provider can be named, listed or not. */
function typedItem(value: string, items: readonly Item[]): readonly Item[] {
  const ref = value.trim();
  if (!isModelRef(ref) || items.some((item) => item.ref === ref)) return [];
  return [{ label: `$(edit) Use ${ref}`, ref, alwaysShow: true }];
}
