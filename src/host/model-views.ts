import { wordError, wordLesson } from '../chat/wording.ts';
import type { Resolution } from '../gateway/gateway.ts';
import type { ProviderModels } from '../gateway/model-directory.ts';
import type { Model } from '../llm/model.ts';
import { parseModelRef } from '../llm/model-ref.ts';
import { describeModel } from '../models/describe-model.ts';
import { readModelSettings } from '../models/model-settings.ts';
import type { ModelView, SettingsView } from '../protocol/chat-view.ts';
import type { KeptLesson } from '../store/lessons.ts';

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

/** Chat models of all providers; those of a provider in trouble carry the reason. */
export function viewsOfProviders(providers: readonly ProviderModels[]): readonly ModelView[] {
  return providers.flatMap((provider) =>
    provider.models
      .filter((model) => model.chat !== undefined)
      .map((model) => {
        const view = viewOfModel(model, provider.label);
        if (!provider.error) return view;
        return { ...view, unavailable: wordError(provider.error, model.ref).cause };
      }),
  );
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
