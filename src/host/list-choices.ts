import { readAuto } from '../gateway/auto-setting.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import { builtInPresets, type Preset, readPresets } from '../gateway/presets.ts';
import { chainOf } from '../gateway/roles.ts';
import { readChain } from '../llm/model-choice.ts';
import type { ModelView } from '../protocol/chat-view.ts';
import type { OpenDatabase } from '../store/database.ts';
import { firstTokenTimes } from '../store/first-token-times.ts';
import { messageOf } from '../util/message-of.ts';
import { viewsOfChoices, viewsOfProviders } from './model-views.ts';
import type { UserSettings } from './user-settings.ts';

export interface ListChoicesPorts {
  readonly gateway: Gateway;
  readonly directory: ModelDirectory;
  readonly settings: UserSettings;
  readonly openDatabase: OpenDatabase;
  readonly report: (problem: string) => void;
}

/** All that a chat may be given: Auto, a chain and presets, then every model of every provider. */
export async function listChoices(ports: ListChoicesPorts, signal: AbortSignal): Promise<readonly ModelView[]> {
  const { gateway, directory, settings } = ports;
  const [providers, times] = await Promise.all([directory.all(signal), timesOf(ports)]);
  const auto = readAuto(settings.auto());
  const usable = providers.filter(({ error }) => !error).flatMap(({ models }) => models);
  // Among one model there is nothing to choose.
  const made = usable.length < 2 ? new Map<string, Preset>() : builtInPresets(usable, auto.ratings);
  const presets = new Map([...made, ...readPresets(settings.presets())]);
  const forChat = [...presets].flatMap(([name, { chat }]: readonly [string, Preset]) =>
    chat === undefined ? [] : [[name, namesIn(chat)] as const],
  );
  return [
    ...viewsOfChoices(auto.models, chainOf(settings.roles(), 'chat').models, forChat),
    ...viewsOfProviders(providers, gateway, times),
  ];
}

function namesIn(choice: unknown): string {
  const { models, auto } = readChain(choice);
  return auto ? 'Auto' : models.join(' → ');
}

/** Without a database there is still a list. */
async function timesOf({ openDatabase, report }: ListChoicesPorts): Promise<ReadonlyMap<string, number>> {
  try {
    return await firstTokenTimes(openDatabase, Date.now());
  } catch (error) {
    report(`How quick models were cannot be read: ${messageOf(error)}`);
    return new Map();
  }
}
