import type { Memento } from 'vscode';
import type { Preset } from '../gateway/presets.ts';
import { isRole, type Role } from '../gateway/roles.ts';
import { isObject } from '../util/json.ts';

const key = 'tutti.windowRoles';

/** Choices of models that hold in this window only, kept over its reloads. They lie over the user's. */
export class WindowRoles {
  readonly #memento: Memento;
  readonly #listeners = new Set<() => void>();

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** The user's roles with this window's over them. */
  over(roles: unknown): unknown {
    const own = this.#own;
    if (Object.keys(own).length === 0) return roles;
    return { ...(isObject(roles) ? roles : {}), ...own };
  }

  has(role: Role): boolean {
    return role in this.#own;
  }

  get isEmpty(): boolean {
    return Object.keys(this.#own).length === 0;
  }

  /** Lays these over what the window has chosen already. */
  async add(choices: Preset): Promise<void> {
    await this.#memento.update(key, { ...this.#own, ...choices });
    this.#tell();
  }

  /** The user's choices count again. */
  async clear(): Promise<void> {
    await this.#memento.update(key, undefined);
    this.#tell();
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  get #own(): Readonly<Record<string, unknown>> {
    const kept = this.#memento.get<unknown>(key);
    return isObject(kept) ? Object.fromEntries(Object.entries(kept).filter(([role]) => isRole(role))) : {};
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
