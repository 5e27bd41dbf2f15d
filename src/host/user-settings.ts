import * as vscode from 'vscode';
import type { GatewaySettings } from '../gateway/ports.ts';
import type { Role } from '../gateway/roles.ts';
import type { ModelChoice } from '../llm/model-choice.ts';
import { isObject, type JsonObject } from '../util/json.ts';
import type { WindowRoles } from './window-roles.ts';

type UserSetting = 'providers' | 'models' | 'roles' | 'auto' | 'presets';
/** Lists of model refs. */
type UserList = 'pinnedModels' | 'hiddenModels';

/**
 * The settings that decide where requests and keys go. Only the user's own values are read:
 * what a workspace says of them counts nowhere, trusted or not.
 */
export class UserSettings implements GatewaySettings {
  readonly #window: WindowRoles;
  readonly #withDefaults: (roles: unknown) => unknown;
  #lastChange: Promise<void> = Promise.resolve();

  /** `window`: choices that hold here only; `withDefaults` lays the roles over those of who administers the machine. */
  constructor(window: WindowRoles, withDefaults: (roles: unknown) => unknown) {
    this.#window = window;
    this.#withDefaults = withDefaults;
  }

  providers(): unknown {
    return read('providers');
  }

  models(): unknown {
    return read('models');
  }

  roles(): unknown {
    return this.#withDefaults(this.#window.over(read('roles')));
  }

  presets(): unknown {
    return read('presets');
  }

  auto(): unknown {
    return read('auto');
  }

  list(setting: UserList): readonly string[] {
    return stringsIn(read(setting));
  }

  /** Gives the list another content, by what it is when its turn has come. */
  setList(setting: UserList, edit: (before: readonly string[]) => readonly string[]): Promise<void> {
    return this.#inTurn(setting, (before) => edit(stringsIn(before)));
  }

  /** Where the model inside is fetched from, without slashes at the end. */
  mirrors(): { readonly hubBaseUrl: string; readonly runtimeBaseUrl: string } {
    return { hubBaseUrl: addressOf('hubUrl'), runtimeBaseUrl: addressOf('runtimeUrl') };
  }

  /** Sets `key` in the object setting; undefined removes it. Other keys stay as they are. */
  set(setting: UserSetting, key: string, value: unknown): Promise<void> {
    return this.#change(setting, (before) => withKey(before, key, value));
  }

  /** Gives a role a model: for this window where it has a choice of its own for that role, else for the user. */
  setRole(role: Role, choice: ModelChoice): Promise<void> {
    return this.#window.has(role) ? this.#window.add({ [role]: choice }) : this.set('roles', role, choice);
  }

  /** Sets one setting of one model; null removes it, and the model's entry with its last setting. */
  setOfModel(ref: string, name: string, value: unknown): Promise<void> {
    return this.#change('models', (before) => {
      const entry = withKey(before[ref], name, value ?? undefined);
      return withKey(before, ref, Object.keys(entry).length === 0 ? undefined : entry);
    });
  }

  #change(setting: UserSetting, edit: (before: JsonObject) => JsonObject): Promise<void> {
    return this.#inTurn(setting, (before) => edit(isObject(before) ? before : {}));
  }

  /** One after the other: two changes at once would both begin with the same old value, and one would be lost. */
  #inTurn(setting: UserSetting | UserList, edit: (before: unknown) => unknown): Promise<void> {
    const change = this.#lastChange.then(async () => {
      const after = edit(read(setting));
      await vscode.workspace.getConfiguration('tutti').update(setting, after, vscode.ConfigurationTarget.Global);
    });
    // A failure belongs to whoever asked for that change, not to the next one.
    this.#lastChange = change.catch(() => undefined);
    return change;
  }

  /** Where models are asked is another place than before. */
  onDidChangeProviders(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('tutti.providers')) listener();
    });
  }

  /** The list of models is arranged another way. */
  onDidChangeLists(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((change) => {
      const names: readonly UserList[] = ['pinnedModels', 'hiddenModels'];
      if (names.some((name) => change.affectsConfiguration(`tutti.${name}`))) listener();
    });
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.Disposable.from(
      this.#window.onDidChange(listener),
      vscode.workspace.onDidChangeConfiguration((change) => {
        const names: readonly UserSetting[] = ['providers', 'models', 'roles', 'auto'];
        if (names.some((name) => change.affectsConfiguration(`tutti.${name}`))) listener();
      }),
    );
  }
}

function withKey(before: unknown, key: string, value: unknown): JsonObject {
  const { [key]: _, ...others } = isObject(before) ? before : {};
  return value === undefined ? others : { ...others, [key]: value };
}

function stringsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function read(setting: UserSetting | UserList): unknown {
  return vscode.workspace.getConfiguration('tutti').inspect(setting)?.globalValue;
}

function addressOf(setting: 'hubUrl' | 'runtimeUrl'): string {
  const found = vscode.workspace.getConfiguration('tutti.embedded').inspect<string>(setting);
  return (found?.globalValue || found?.defaultValue || '').replace(/\/+$/, '');
}
