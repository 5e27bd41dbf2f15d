import type * as vscode from 'vscode';
import type { FoundKey, KeyStore } from '../gateway/ports.ts';
import { parseJson, stringAt } from '../util/json.ts';

/** Keys in VS Code's secret store, each bound to the origin it was given for. They are written nowhere else. */
export class SecretKeyStore implements KeyStore, vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #listener: vscode.Disposable;
  /** The store is asked in another process, too far for every request of a completion. */
  readonly #read = new Map<string, Thenable<string | undefined>>();
  #names: Thenable<string[]> | undefined;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#listener = secrets.onDidChange(({ key }) => {
      this.#read.delete(key);
      this.#names = undefined;
    });
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async find(provider: string, origin: string): Promise<FoundKey> {
    const stored = parseJson((await this.#get(nameOf(provider))) ?? '');
    const key = stringAt(stored, 'key');
    const boundTo = stringAt(stored, 'origin');
    if (key === undefined || boundTo === undefined) return { kind: 'none' };
    return boundTo === origin ? { kind: 'key', key } : { kind: 'other-origin', origin: boundTo };
  }

  /** Every key that is kept. */
  async all(): Promise<readonly string[]> {
    const listing = this.#names ?? this.#secrets.keys();
    this.#names = listing;
    listing.then(undefined, () => (this.#names = undefined));
    const names = await listing;
    const stored = await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => this.#get(name)));
    return stored.flatMap((text) => stringAt(parseJson(text ?? ''), 'key') ?? []);
  }

  async save(provider: string, origin: string, key: string): Promise<void> {
    await this.#secrets.store(nameOf(provider), JSON.stringify({ origin, key }));
    this.#names = undefined;
    this.#read.delete(nameOf(provider));
  }

  async remove(provider: string): Promise<void> {
    await this.#secrets.delete(nameOf(provider));
    this.#read.delete(nameOf(provider));
  }

  #get(name: string): Thenable<string | undefined> {
    const known = this.#read.get(name);
    if (known) return known;
    const reading = this.#secrets.get(name);
    this.#read.set(name, reading);
    // A store that could not be read is asked again.
    reading.then(undefined, () => this.#read.delete(name));
    return reading;
  }
}

const prefix = 'tutti.key.';
const nameOf = (provider: string): string => `${prefix}${provider}`;
