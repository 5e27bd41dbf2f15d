import * as l10n from '@vscode/l10n';
import { ConfigurationTarget, commands, extensions, type Memento, window, workspace } from 'vscode';
import type { CompletionEngine } from '../completion/engine.ts';
import { activeRivals, type Rival, switchOff } from '../completion/rivals.ts';
import { messageOf } from '../util/message-of.ts';
import { setEnabled } from './completion-choices.ts';

const key = 'tutti.completion.askedAboutRivals';

/** Names of the other extensions that suggest here. */
export const rivalNames = (): readonly string[] => activeRivals(isInstalled, settingValue).map(({ name }) => name);

/** Asks once for each other extension that suggests, when Tutti has shown its first suggestion: two at once are a nuisance. */
export class Rivals {
  readonly #memory: Memento;
  readonly #listener: { dispose(): void };

  constructor(engine: CompletionEngine, memory: Memento, report: (sentence: string) => void) {
    this.#memory = memory;
    this.#listener = engine.onDidChangeState(({ state }) => {
      if (state !== 'shown') return;
      this.#listener.dispose();
      // Not in the time of a key.
      setTimeout(() => void this.#askAll().catch((error: unknown) => report(messageOf(error))), 0);
    });
  }

  dispose(): void {
    this.#listener.dispose();
  }

  /** One after the other; a question left open waits in the notification center, and the next comes another day. */
  async #askAll(): Promise<void> {
    for (const rival of activeRivals(isInstalled, settingValue)) {
      const asked = this.#memory.get<readonly string[]>(key, []);
      if (asked.includes(rival.name)) continue;
      await this.#memory.update(key, [...asked, rival.name]);
      await ask(rival);
    }
  }
}

async function ask(rival: Rival): Promise<void> {
  const { name } = rival;
  const off = switchOff(rival, settingValue);
  const how = off
    ? l10n.t('“Only Tutti” turns off the setting {0}.', off.setting)
    : l10n.t('“Only Tutti” shows its page, where it can be disabled.');
  const onlyTutti = l10n.t('Only Tutti');
  const onlyOther = l10n.t('Only {0}', name);
  const choice = await window.showInformationMessage(
    l10n.t('{0} suggests code as you type, too, and VS Code shows only one at a time. Who shall? {1}', name, how),
    onlyTutti,
    l10n.t('Both'),
    onlyOther,
  );
  if (choice === onlyOther) await setEnabled('*', false, {});
  if (choice !== onlyTutti) return;
  if (off) await workspace.getConfiguration().update(off.setting, off.value, ConfigurationTarget.Global);
  else
    await commands.executeCommand('workbench.extensions.action.showExtensionsWithIds', rival.ids.filter(isInstalled));
}

function isInstalled(id: string): boolean {
  return extensions.getExtension(id) !== undefined;
}

function settingValue(name: string): unknown {
  return workspace.getConfiguration().get<unknown>(name);
}
