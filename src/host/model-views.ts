import { wordError, wordLesson } from '../chat/wording.ts';
import { heldWords } from '../gateway/auto-chooser.ts';
import type { Health } from '../gateway/fuse.ts';
import type { Gateway, Resolution } from '../gateway/gateway.ts';
import type { ProviderModels } from '../gateway/model-directory.ts';
import type { Model } from '../llm/model.ts';
import { parseModelRef } from '../llm/model-ref.ts';
import { describeModel } from '../models/describe-model.ts';
import { readModelSettings } from '../models/model-settings.ts';
import type { ModelView, SettingsView } from '../protocol/chat-view.ts';
import type { KeptLesson } from '../store/lessons.ts';
import { clockTime } from '../util/clock-time.ts';

/** Models and their settings as the chat webview shows them. */

export function viewOfModel(model: Model, providerLabel: string): ModelView {
  return {
    ref: model.ref,
    label: model.facts.name ?? model.id,
    provider: providerLabel,
    detail: describeModel(model.facts),
  };
}

/** The choice, with the reason where it cannot serve. Without any choice there is a label to click on. */
export function viewOfResolution(resolution: Resolution): ModelView {
  if (resolution.auto) return viewOfAuto(resolution);
  if (resolution.kind === 'model') return viewOfModel(resolution.model, resolution.model.endpoint.provider);
  const { ref, error } = resolution;
  const parsed = ref && parseModelRef(ref);
  const { cause } = wordError(error, ref ?? 'the model');
  return {
    ref: ref ?? '',
    label: parsed?.id ?? 'Choose a model',
    provider: parsed?.provider ?? '',
    detail: '',
    unavailable: cause,
  };
}

/** Auto, with whom it would take for a usual question. */
function viewOfAuto(resolution: Resolution): ModelView {
  const view = { ref: 'auto', label: 'Auto', provider: 'Tutti' };
  if (resolution.kind === 'model') return { ...view, detail: `${resolution.ref} for a usual question` };
  return { ...view, detail: '', unavailable: wordError(resolution.error, 'Auto').cause };
}

/** Auto as an entry of the list of models, where the user has named models for it. */
export function viewsOfAuto(models: readonly string[]): readonly ModelView[] {
  return models.length === 0
    ? []
    : [{ ref: 'auto', label: 'Auto', provider: 'Tutti', detail: `picks among ${models.join(', ')}` }];
}

/** Chat models of all providers; those of a provider in trouble carry the reason. */
export function viewsOfProviders(
  providers: readonly ProviderModels[],
  gateway: Pick<Gateway, 'health'>,
): readonly ModelView[] {
  return providers.flatMap((provider) =>
    provider.models
      .filter((model) => model.chat !== undefined)
      .map((model) => {
        const view = withHealth(viewOfModel(model, provider.label), gateway.health(model));
        if (!provider.error) return view;
        return { ...view, unavailable: wordError(provider.error, model.ref).cause };
      }),
  );
}

/** It may be chosen all the same: the pause passes. */
function withHealth(view: ModelView, health: Health): ModelView {
  const words = healthWords(health);
  return words === undefined ? view : { ...view, detail: [words, view.detail].filter(Boolean).join(' · ') };
}

/** e.g. "has used up its quota until 14:32"; undefined = nothing is known against it. */
export function healthWords(health: Health): string | undefined {
  if (health.kind !== 'held') return undefined;
  return `${heldWords(health.error)} until ${clockTime(health.until, Date.now())}`;
}

export function viewOfSettings(setting: unknown, resolution: Resolution, lessons: readonly KeptLesson[]): SettingsView {
  const ref = resolution.ref ?? '';
  const { parameters, systemPrompt } = readModelSettings(setting, ref);
  return {
    model: ref,
    temperature: parameters.temperature ?? null,
    topP: parameters.topP ?? null,
    maxOutputTokens: parameters.maxOutputTokens ?? null,
    reasoningEffort: parameters.reasoningEffort ?? null,
    reasoningEfforts: (resolution.kind === 'model' ? resolution.model.facts.reasoningEfforts : undefined) ?? [],
    systemPrompt: systemPrompt ?? null,
    learned: lessons.map(({ id, lesson, learnedAt }) => ({ id, text: wordLesson(lesson), since: learnedAt })),
  };
}
