import { type Disposable, workspace } from 'vscode';
import type { PrivacySettings } from '../gateway/policy-in-force.ts';
import { isSecretsMode } from '../gateway/secrets-mode.ts';

const section = 'tutti.privacy';
const names = ['zeroEgress', 'ownHosts', 'secrets'] as const;

/** What the user's own settings say of privacy, kept until they change. No workspace has a say. */
export class UserPrivacy implements Disposable {
  readonly #listeners = new Set<() => void>();
  readonly #disposable: Disposable;
  #kept: PrivacySettings | undefined;

  constructor() {
    this.#disposable = workspace.onDidChangeConfiguration((change) => {
      if (!names.some((name) => change.affectsConfiguration(`${section}.${name}`))) return;
      this.#kept = undefined;
      for (const listener of this.#listeners) listener();
    });
  }

  readonly current = (): PrivacySettings => {
    this.#kept ??= read();
    return this.#kept;
  };

  onDidChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  dispose(): void {
    this.#disposable.dispose();
  }
}

function read(): PrivacySettings {
  const settings = workspace.getConfiguration(section);
  const valueAt = (name: (typeof names)[number]): unknown => settings.inspect<unknown>(name)?.globalValue;
  const ownHosts = valueAt('ownHosts');
  const secrets = valueAt('secrets');
  return {
    zeroEgress: valueAt('zeroEgress') === true,
    ownHosts: Array.isArray(ownHosts) ? ownHosts.filter((host) => typeof host === 'string') : [],
    secrets: isSecretsMode(secrets) ? secrets : 'redact',
  };
}
