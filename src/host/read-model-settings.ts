import type { Ask } from '../gateway/ask.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { ModelSettingsView } from '../protocol/model-settings-view.ts';
import type { KeptLesson } from '../store/lessons.ts';
import { settingsView } from './model-settings-view.ts';
import type { UserSettings } from './user-settings.ts';

export interface ReadModelSettingsPorts {
  readonly gateway: Gateway;
  readonly directory: ModelDirectory;
  readonly settings: UserSettings;
}

/** The settings of one model, with the request that `ask` would make of it. Nothing is sent. */
export async function readSettingsOf(
  { gateway, directory, settings }: ReadModelSettingsPorts,
  ref: ModelRef,
  lessons: readonly KeptLesson[],
  ask: Ask,
): Promise<ModelSettingsView> {
  const [found, told, preview, resolution] = await Promise.all([
    directory.find(ref),
    directory.told(ref),
    gateway.preview(ask, ref),
    gateway.resolve('chat', ref),
  ]);
  const unavailable: LlmError | undefined = resolution.kind === 'unavailable' ? resolution.error : undefined;
  const layers = 'code' in told ? [] : told;
  return settingsView({ ref, found, told: layers, setting: settings.models(), lessons, preview, unavailable });
}
