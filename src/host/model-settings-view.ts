import { wordError, wordLesson } from '../chat/wording.ts';
import { namesOfParameters } from '../gateway/apply-lessons.ts';
import type { Preview } from '../gateway/preview-request.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { ModelFacts } from '../llm/model-facts.ts';
import { parseModelRef } from '../llm/model-ref.ts';
import { readModelSettings } from '../models/model-settings.ts';
import type { FactLayer } from '../models/resolve-model.ts';
import { type SentSetting, supportOf } from '../models/setting-support.ts';
import type {
  KnownView,
  ModelSettingsView,
  PreviewView,
  SettingName,
  SettingValue,
  SettingView,
} from '../protocol/model-settings-view.ts';
import type { KeptLesson } from '../store/lessons.ts';

/** All that the panel of one model is made of. */
export interface SettingsSource {
  readonly ref: string;
  /** Why it cannot be found is said in its place. */
  readonly found: Model | LlmError;
  /** From the least certain to the surest. */
  readonly told: readonly FactLayer[];
  /** The setting `tutti.models`, unread. */
  readonly setting: unknown;
  readonly lessons: readonly KeptLesson[];
  readonly preview: Preview;
  readonly unavailable: LlmError | undefined;
}

/** The settings of one model as the panel shows them. */
export function settingsView(source: SettingsSource): ModelSettingsView {
  const { ref, found, lessons, preview, unavailable } = source;
  const parsed = parseModelRef(ref);
  const model = 'code' in found ? undefined : found;
  return {
    model: ref,
    label: model?.facts.name ?? parsed?.id ?? ref,
    provider: model?.endpoint.provider ?? parsed?.provider ?? '',
    ...(unavailable && { unavailable: wordError(unavailable, ref).cause }),
    rows: [...sentRows(source, model), ...knownRows(source)],
    learned: lessons.map(({ id, lesson, learnedAt }) => ({ id, text: wordLesson(lesson), since: learnedAt })),
    preview: previewView(preview, ref),
  };
}

const sentNames: readonly SentSetting[] = [
  'temperature',
  'topP',
  'maxOutputTokens',
  'reasoningEffort',
  'stop',
  'extraBody',
  'omit',
];

/** Without its provider nothing is known of a model: all of it can be set. */
function sentRows({ ref, setting, lessons }: SettingsSource, model: Model | undefined): readonly SettingView[] {
  const { parameters, systemPrompt } = readModelSettings(setting, ref);
  const kept = lessons.map(({ lesson }) => lesson);
  const rows = sentNames.flatMap((name): readonly SettingView[] => {
    const value: SettingValue = parameters[name] ?? null;
    const support = model ? supportOf(name, model, kept, namesOf(name)) : 'unknown';
    if (support === 'none' && value === null) return [];
    const choices = name === 'reasoningEffort' ? model?.facts.reasoningEfforts : undefined;
    const limit = name === 'maxOutputTokens' ? model?.facts.maxOutputTokens : undefined;
    const most: KnownView | undefined = limit === undefined ? undefined : { value: limit, from: 'catalog' };
    return [{ name, value, support, ...(choices && { choices }), ...(most && { known: most }) }];
  });
  const system: SettingView = { name: 'systemPrompt', value: systemPrompt ?? null, support: 'known' };
  return [...rows.slice(0, 4), system, ...rows.slice(4)];
}

function namesOf(name: SentSetting): readonly string[] {
  return [...namesOfParameters].flatMap(([wire, parameter]) => (parameter === name ? [wire] : []));
}

/** Window, limit, pictures and price: what is known of them is the model's, until the user says otherwise. */
function knownRows({ ref, setting, told }: SettingsSource): readonly SettingView[] {
  const { contextWindow, outputLimit, images, price } = readModelSettings(setting, ref);
  const rows: readonly (readonly [SettingName, SettingValue | undefined, KnownView | undefined])[] = [
    ['contextWindow', contextWindow, known(told, 'contextWindow')],
    ['outputLimit', outputLimit, known(told, 'maxOutputTokens')],
    ['images', images, known(told, 'images')],
    ['price', price && { ...price }, known(told, 'price')],
  ];
  return rows.map(([name, value = null, found]) => ({
    name,
    value,
    support: 'known',
    ...(found && { known: found }),
  }));
}

function known(
  told: readonly FactLayer[],
  fact: 'contextWindow' | 'maxOutputTokens' | 'images' | 'price',
): KnownView | undefined {
  const layer = told.findLast(({ facts }) => facts?.[fact] !== undefined);
  const value = layer?.facts?.[fact];
  if (layer === undefined || value === undefined) return undefined;
  const day = layer.from === 'catalog' ? dayOf(layer.facts) : undefined;
  return { value, from: layer.from, ...(day !== undefined && { day }) };
}

/** `catalog 2026-11-10` is where the snapshot says its prices are from. */
function dayOf(facts: ModelFacts | undefined): string | undefined {
  return /^catalog (\S+)$/.exec(facts?.priceFrom ?? '')?.[1];
}

function previewView(preview: Preview, ref: string): PreviewView {
  switch (preview.kind) {
    case 'http': {
      const { method, url, headers, body = '' } = preview.sent;
      const shown = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
      return { kind: 'http', method, url, headers: shown, body };
    }
    case 'inside': {
      const { system, messages, parameters } =
        preview.request.kind === 'chat' ? preview.request : { ...preview.request, system: undefined, messages: [] };
      return { kind: 'inside', body: JSON.stringify({ system, messages, ...parameters }) };
    }
    case 'none':
      return { kind: 'none', reason: wordError(preview.error, ref).cause };
  }
}
