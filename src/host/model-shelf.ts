import type * as vscode from 'vscode';
import type { ShelfView } from '../protocol/chat-view.ts';
import type { UserSettings } from './user-settings.ts';

const recentKey = 'tutti.recentModels';
const mostRecent = 5;

/**
 * How the user has arranged the list of models. Pins and hidden models are settings, so that they are seen, edited and
 * synchronized like his other choices; what he took last changes with every switch and stays on this machine.
 */
export class ModelShelf {
  readonly #settings: UserSettings;
  readonly #state: vscode.Memento;

  constructor(settings: UserSettings, state: vscode.Memento) {
    this.#settings = settings;
    this.#state = state;
  }

  view(): ShelfView {
    return {
      pinned: this.#settings.list('pinnedModels'),
      hidden: this.#settings.list('hiddenModels'),
      recent: this.#recent(),
    };
  }

  async used(ref: string): Promise<void> {
    const recent = [ref, ...this.#recent().filter((other) => other !== ref)].slice(0, mostRecent);
    await this.#state.update(recentKey, recent);
  }

  pin(ref: string, on: boolean): Promise<void> {
    return this.#settings.setList('pinnedModels', (before) => withOrWithout(before, ref, on));
  }

  hide(ref: string, on: boolean): Promise<void> {
    return this.#settings.setList('hiddenModels', (before) => withOrWithout(before, ref, on));
  }

  movePin(ref: string, by: -1 | 1): Promise<void> {
    return this.#settings.setList('pinnedModels', (before) => {
      const at = before.indexOf(ref);
      const to = at + by;
      if (at < 0 || to < 0 || to >= before.length) return before;
      return before.toSpliced(at, 1).toSpliced(to, 0, ref);
    });
  }

  onDidChange(listener: () => void): vscode.Disposable {
    return this.#settings.onDidChangeLists(listener);
  }

  #recent(): readonly string[] {
    const kept = this.#state.get<unknown>(recentKey);
    return Array.isArray(kept) ? kept.filter((ref) => typeof ref === 'string').slice(0, mostRecent) : [];
  }
}

function withOrWithout(before: readonly string[], ref: string, on: boolean): readonly string[] {
  const others = before.filter((other) => other !== ref);
  return on ? [...others, ref] : others;
}
