import type * as vscode from 'vscode';
import type { FoundKey, KeyStore } from '../gateway/ports.ts';
import { parseJson, stringAt } from '../util/json.ts';

/** Keys in VS Code's secret store, each bound to the origin it was given for. They are kept nowhere else. */
export class SecretKeyStore implements KeyStore {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  async find(provider: string, origin: string): Promise<FoundKey> {
    const stored = parseJson((await this.#secrets.get(nameOf(provider))) ?? '');
    const key = stringAt(stored, 'key');
    const boundTo = stringAt(stored, 'origin');
    if (key === undefined || boundTo === undefined) return { kind: 'none' };
    return boundTo === origin ? { kind: 'key', key } : { kind: 'other-origin', origin: boundTo };
  }

  async save(provider: string, origin: string, key: string): Promise<void> {
    await this.#secrets.store(nameOf(provider), JSON.stringify({ origin, key }));
  }

  async remove(provider: string): Promise<void> {
    await this.#secrets.delete(nameOf(provider));
  }
}

const nameOf = (provider: string): string => `tutti.key.${provider}`;
