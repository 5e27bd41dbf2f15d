import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { wordError } from '../chat/wording.ts';
import { describeEvidence } from '../completion/describe-evidence.ts';
import { formNote } from '../completion/form.ts';
import type { Evidence } from '../completion/learning-summary.ts';
import { readAuto } from '../gateway/auto-setting.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ModelDirectory, ProviderModels } from '../gateway/model-directory.ts';
import { chosen, isRole, type Role, roles } from '../gateway/roles.ts';
import type { Model } from '../llm/model.ts';
import { isModelChoice, type ModelChoice } from '../llm/model-choice.ts';
import { isModelRef, type ModelRef } from '../llm/model-ref.ts';
import { describeModel } from '../models/describe-model.ts';
import { isObject, stringAt } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';
import type { ChatSession } from './chat-session.ts';
import type { Command } from './command.ts';
import type { ModelShelf } from './model-shelf.ts';
import { healthWords } from './model-views.ts';
import type { UserSettings } from './user-settings.ts';

export interface SwitchModelPorts {
  readonly gateway: Gateway;
  readonly directory: ModelDirectory;
  readonly settings: UserSettings;
  readonly shelf: ModelShelf;
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
      if (!isRole(role))
        throw new Error(l10n.t('"{0}" is no job for a model. Known are: {1}.', role, roles.join(', ')));
      const model = isObject(argument) ? argument['model'] : undefined;
      if (model === undefined) return askForModel(ports, role);
      if (!isModelChoice(model)) {
        throw new Error(
          l10n.t(
            '{0} is no model. A model is written provider/model; "auto" and chains do, too.',
            JSON.stringify(model),
          ),
        );
      }
      await choose(ports, role, model);
    },
  };
}

async function choose(ports: SwitchModelPorts, role: Role, choice: ModelChoice): Promise<void> {
  if (isModelRef(choice) && !(await ports.prepare(choice))) return;
  if (role === 'chat') await ports.session.chooseModel(choice);
  else await ports.settings.setRole(role, chosen(ports.settings.roles(), role, choice));
}

type Item = vscode.QuickPickItem & {
  readonly ref?: ModelRef;
  readonly auto?: true;
  readonly command?: string;
  readonly role?: Role;
};

const compareButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('graph'),
  tooltip: l10n.t('Compare Completion Models'),
};

async function askForModel(ports: SwitchModelPorts, role: Role): Promise<void> {
  const picker = vscode.window.createQuickPick<Item>();
  const abort = new AbortController();
  picker.title = l10n.t('Switch Model: {0}', role);
  picker.placeholder = l10n.t('Search models, or type provider/model for one that is not listed');
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
    const resolved = role === 'chat' ? await ports.session.resolve() : await ports.gateway.resolve(role);
    const current = resolved.auto ? 'auto' : resolved.ref;
    const [providers, evidence] = await Promise.all([
      ports.directory.all(abort.signal),
      role === 'completion' ? ports.evidence() : new Map(),
    ]);
    const listed = itemsOf(providers, role, current, evidence, ports.gateway);
    items = [...autoItems(ports, current), ...firstItems(listed, ports.shelf), ...listed];
    show();
    picker.activeItems = picker.items.filter((one) => (one.auto ? 'auto' : one.ref) === current);
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
  else if (item?.auto) await choose(ports, role, 'auto');
  else if (item?.command) await vscode.commands.executeCommand(item.command);
  else if (item?.role) await askForModel(ports, item.role);
}

/** Auto is there where the user has named models for it. */
function autoItems(ports: SwitchModelPorts, current: string | undefined): readonly Item[] {
  const { models } = readAuto(ports.settings.auto());
  if (models.length === 0) return [];
  const label = `${current === 'auto' ? '$(check) ' : ''}$(sparkle) ${l10n.t('Auto')}`;
  return [
    {
      label,
      description: l10n.t('picks among {0} models of yours', models.length),
      detail: models.join(', '),
      auto: true,
    },
  ];
}

function itemsOf(
  providers: readonly ProviderModels[],
  role: Role,
  current: string | undefined,
  evidence: EvidenceByModel,
  gateway: Gateway,
): readonly Item[] {
  return [
    ...providers.flatMap((provider) => providerItems(provider, role, current, evidence, gateway)),
    ...otherItems(role),
  ];
}

/** As in the chat's own list: pins in the user's order, then the last ones chosen; both in their place as well. */
function firstItems(listed: readonly Item[], shelf: ModelShelf): readonly Item[] {
  const { pinned, recent } = shelf.view();
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [l10n.t('Pinned'), pinned],
    [l10n.t('Recent'), recent.filter((ref) => !pinned.includes(ref))],
  ];
  return sections.flatMap(([label, refs]) => {
    const found = refs.flatMap((ref) => listed.find((item) => item.ref === ref) ?? []);
    return found.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...found];
  });
}

function providerItems(
  provider: ProviderModels,
  role: Role,
  current: string | undefined,
  evidence: EvidenceByModel,
  gateway: Gateway,
): readonly Item[] {
  const models = provider.models.filter((model) => canServe(model, role));
  if (models.length === 0 && !provider.error) return [];
  return [
    { label: provider.label, kind: vscode.QuickPickItemKind.Separator },
    ...(provider.error ? [errorItem(provider)] : []),
    ...models.map((model) =>
      modelItem(model, current, detailsOf(model, provider, role, evidence.get(model.ref), gateway)),
    ),
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

function detailsOf(
  model: Model,
  provider: ProviderModels,
  role: Role,
  evidence: Evidence | undefined,
  gateway: Gateway,
): string {
  const held = healthWords(gateway.health(model));
  const reason = provider.refused.get(model.ref) ?? (provider.error && wordError(provider.error, model.ref).cause);
  const seen = evidence ? describeEvidence(evidence) : '';
  const note = role === 'completion' ? formNote(model) : undefined;
  const details = [
    reason === undefined ? '' : `$(circle-slash) ${reason}`,
    held === undefined ? '' : `$(clock) ${held}`,
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
    { label: l10n.t('More'), kind: vscode.QuickPickItemKind.Separator },
    { label: `$(plug) ${l10n.t('Add Provider…')}`, command: 'tutti.addProvider', alwaysShow: true },
    { label: `$(file) ${l10n.t('Use a GGUF File from Disk…')}`, command: 'tutti.chooseModelFile', alwaysShow: true },
    ...roles
      .filter((other) => other !== role)
      .map((other): Item => ({ label: `$(list-selection) ${l10n.t('Choose for {0} instead', other)}`, role: other })),
  ];
}

/** Any model of a known provider can be named, listed or not. */
function typedItem(value: string, items: readonly Item[]): readonly Item[] {
  const ref = value.trim();
  if (!isModelRef(ref) || items.some((item) => item.ref === ref)) return [];
  return [{ label: `$(edit) ${l10n.t('Use {0}', ref)}`, ref, alwaysShow: true }];
}
