import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readAuto } from '../gateway/auto-setting.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import { builtInPresets, type Preset, readPresets } from '../gateway/presets.ts';
import { chainOf, type Role, roles } from '../gateway/roles.ts';
import { isEmpty, readChain } from '../llm/model-choice.ts';
import { isObject, stringAt } from '../util/json.ts';
import type { ChatSession } from './chat-session.ts';
import type { Command } from './command.ts';
import type { UserSettings } from './user-settings.ts';
import type { WindowRoles } from './window-roles.ts';

export interface UsePresetPorts {
  readonly directory: ModelDirectory;
  readonly settings: UserSettings;
  readonly window: WindowRoles;
  readonly session: ChatSession;
}

type Scope = 'user' | 'window';

/** `tutti.usePreset` `{name?, scope?: 'user' | 'window'}`: the models of all its roles in one step. */
export function usePresetCommand(ports: UsePresetPorts): Command {
  return {
    id: 'tutti.usePreset',
    async run(argument) {
      const name = stringAt(argument, 'name');
      if (name === undefined) return askForPreset(ports);
      const own = readPresets(ports.settings.presets()).get(name);
      const preset = own ?? (await presets(ports, new AbortController().signal)).get(name);
      if (!preset)
        throw new Error(l10n.t('There is no preset "{0}". Presets are written in the setting tutti.presets.', name));
      await use(ports, name, preset, stringAt(argument, 'scope') === 'window' ? 'window' : 'user');
    },
  };
}

/** The user's own first; those made of his models where he has none of that name. */
async function presets(
  { directory, settings }: UsePresetPorts,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Preset>> {
  const own = readPresets(settings.presets());
  const models = (await directory.all(signal)).filter(({ error }) => !error).flatMap((provider) => provider.models);
  const made = [...builtInPresets(models, readAuto(settings.auto()).ratings)].filter(([name]) => !own.has(name));
  return new Map([...own, ...made]);
}

async function use(
  { settings, window, session }: UsePresetPorts,
  name: string,
  preset: Preset,
  scope: Scope,
): Promise<void> {
  if (scope === 'window') await window.add(preset);
  else {
    await window.clear();
    for (const role of roles) if (preset[role] !== undefined) await settings.set('roles', role, preset[role]);
  }
  if (preset.chat !== undefined) await session.useInChat(preset.chat);
  const told =
    scope === 'window'
      ? l10n.t('The models of “{0}” are used in this window.', name)
      : l10n.t('The models of “{0}” are used.', name);
  vscode.window.setStatusBarMessage(`Tutti: ${told}`, 4000);
}

type Item = vscode.QuickPickItem & { readonly name?: string; readonly preset?: Preset; readonly run?: () => unknown };

const forWindow: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('multiple-windows'),
  tooltip: l10n.t('In This Window Only'),
};

async function askForPreset(ports: UsePresetPorts): Promise<void> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = l10n.t('Use Preset');
  picker.placeholder = l10n.t('The models of all roles in one step');
  picker.matchOnDetail = true;
  picker.items = itemsOf(readPresets(ports.settings.presets()), ports);
  picker.busy = true;
  const abort = new AbortController();
  presets(ports, abort.signal)
    .then((found) => {
      picker.items = itemsOf(found, ports);
    })
    // The user's own are there already.
    .catch(() => undefined)
    .finally(() => {
      picker.busy = false;
    });
  const picked = await new Promise<{ readonly item: Item; readonly scope: Scope } | undefined>((resolve) => {
    picker.onDidAccept(() => {
      const item = picker.selectedItems[0];
      resolve(item && { item, scope: 'user' });
    });
    picker.onDidTriggerItemButton(({ item }) => resolve({ item, scope: 'window' }));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  abort.abort();
  picker.dispose();
  const { name, preset, run } = picked?.item ?? {};
  if (picked && name !== undefined && preset) await use(ports, name, preset, picked.scope);
  else await run?.();
}

function itemsOf(found: ReadonlyMap<string, Preset>, ports: UsePresetPorts): readonly Item[] {
  const none: Item = {
    label: `$(plug) ${l10n.t('Add Provider…')}`,
    run: () => vscode.commands.executeCommand('tutti.addProvider'),
  };
  return [
    ...[...found].map(([name, preset]) => ({
      label: name,
      detail: describe(preset),
      buttons: [forWindow],
      name,
      preset,
    })),
    ...(found.size === 0 ? [none] : []),
    { label: l10n.t('More'), kind: vscode.QuickPickItemKind.Separator },
    { label: `$(save) ${l10n.t('Keep the Present Choice as a Preset…')}`, run: () => keep(ports) },
    ...(ports.window.isEmpty
      ? []
      : [{ label: `$(discard) ${l10n.t('Leave the Choice of This Window')}`, run: () => ports.window.clear() }]),
  ];
}

function describe(preset: Preset): string {
  return roles
    .flatMap((role) => {
      const { models, auto } = readChain(preset[role]);
      return auto || models.length > 0 ? [`${role}: ${auto ? l10n.t('Auto') : models.join(' → ')}`] : [];
    })
    .join('   ');
}

async function keep({ settings }: UsePresetPorts): Promise<void> {
  const chosen = settings.roles();
  const preset = Object.fromEntries(
    roles.flatMap((role: Role) =>
      isObject(chosen) && !isEmpty(chainOf(chosen, role)) && chosen[role] !== undefined ? [[role, chosen[role]]] : [],
    ),
  );
  if (Object.keys(preset).length === 0) {
    void vscode.window.showInformationMessage(l10n.t('No model is chosen yet, so there is nothing to keep.'));
    return;
  }
  const name = await vscode.window.showInputBox({
    title: l10n.t('Keep as a Preset'),
    prompt: describe(preset as Preset),
    placeHolder: l10n.t('Name, for example: Work'),
    validateInput: (value) => (value.trim() === '' ? l10n.t('A preset needs a name.') : undefined),
  });
  if (name !== undefined) await settings.set('presets', name.trim(), preset);
}
