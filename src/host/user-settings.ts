import * as vscode from 'vscode';
import type { GatewaySettings } from '../gateway/ports.ts';
import { isObject } from '../util/json.ts';

type UserSetting = 'providers' | 'models' | 'roles';

/**
 * The settings that decide where requests and keys go. Only the user's own values are read:
 * what a workspace says of them counts nowhere, trusted or not.
 */
export class UserSettings implements GatewaySettings {
  providers(): unknown {
    return read('providers');
  }

  models(): unknown {
    return read('models');
  }

  roles(): unknown {
    return read('roles');
  }

  /** Where the model inside is fetched from, without slashes at the end. */
  mirrors(): { readonly hubBaseUrl: string; readonly runtimeBaseUrl: string } {
    return { hubBaseUrl: addressOf('hubUrl'), runtimeBaseUrl: addressOf('runtimeUrl') };
  }

  /** Sets `key` in the object setting; undefined removes it. Other keys stay as they are. */
  async set(setting: UserSetting, key: string, value: unknown): Promise<void> {
    const before = read(setting);
    const { [key]: _, ...others } = isObject(before) ? before : {};
    const after = value === undefined ? others : { ...others, [key]: value };
    await vscode.workspace.getConfiguration('tutti').update(setting, after, vscode.ConfigurationTarget.Global);
  }

  /** Sets one setting of one model; null removes it, and the model's entry with its last setting. */
  async setOfModel(ref: string, name: string, value: string | number | null): Promise<void> {
    const all = read('models');
    const entry = isObject(all) ? all[ref] : undefined;
    const { [name]: _, ...others } = isObject(entry) ? entry : {};
    const after = value === null ? others : { ...others, [name]: value };
    await this.set('models', ref, Object.keys(after).length === 0 ? undefined : after);
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((change) => {
      const names: readonly UserSetting[] = ['providers', 'models', 'roles'];
      if (names.some((name) => change.affectsConfiguration(`tutti.${name}`))) listener();
    });
  }
}

function read(setting: UserSetting): unknown {
  return vscode.workspace.getConfiguration('tutti').inspect(setting)?.globalValue;
}

function addressOf(setting: 'hubUrl' | 'runtimeUrl'): string {
  const found = vscode.workspace.getConfiguration('tutti.embedded').inspect<string>(setting);
  return (found?.globalValue || found?.defaultValue || '').replace(/\/+$/, '');
}
