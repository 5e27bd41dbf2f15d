import type { Model } from '../llm/model.ts';
import { isModelChoice, type ModelChoice } from '../llm/model-choice.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import { isObject } from '../util/json.ts';
import { type Role, roles } from './roles.ts';

/** Choices for some roles at once, under a name. */
export type Preset = Readonly<Partial<Record<Role, ModelChoice>>>;

/** The user's own presets out of the setting `tutti.presets`; what is no choice for a role is left out. */
export function readPresets(setting: unknown): ReadonlyMap<string, Preset> {
  const entries = isObject(setting) ? Object.entries(setting) : [];
  const presets = entries.map(([name, value]) => [name, readPreset(value)] as const);
  return new Map(presets.filter(([, preset]) => Object.keys(preset).length > 0));
}

/**
 * Presets made of the models the user has, where he has none of that name: "Best" by his ratings, else by price, the
 * one sign of quality that vendors give; "Cheap" by price; "Private" of models on this machine or his own hosts.
 */
export function builtInPresets(
  models: readonly Model[],
  ratings: ReadonlyMap<ModelRef, number>,
): ReadonlyMap<string, Preset> {
  const usable = models.filter(({ facts }) => !facts.absent);
  const rated = (model: Model): number => ratings.get(model.ref) ?? Math.min(0.9, priceOf(model) / 100);
  const priced = usable.filter(({ endpoint, facts }) => endpoint.local || facts.price !== undefined);
  const made: readonly (readonly [string, Preset])[] = [
    ['Best', presetOf(by(usable, (model) => -rated(model)))],
    ['Cheap', presetOf(by(priced, priceOf))],
    ['Private', presetOf(usable.filter(({ endpoint }) => endpoint.local))],
  ];
  return new Map(made.filter(([, preset]) => Object.keys(preset).length > 0));
}

/** Enough to go on when the first cannot serve. */
const mostInChain = 3;

function presetOf(models: readonly Model[]): Preset {
  const chat = chainOf(models.filter((model) => model.chat !== undefined));
  const completion = chainOf(models.filter((model) => model.completion !== undefined || model.chat !== undefined));
  return { ...(chat && { chat }), ...(completion && { completion }) };
}

/** Of each provider one: when a provider fails, its other models seldom serve. */
function chainOf(models: readonly Model[]): ModelChoice | undefined {
  const seen = new Set<string>();
  const firsts = models.filter(({ endpoint }) => !seen.has(endpoint.provider) && seen.add(endpoint.provider));
  const [first, ...more] = firsts.slice(0, mostInChain).map(({ ref }) => ref);
  if (first === undefined) return undefined;
  return more.length === 0 ? first : [first, ...more];
}

/** Dollars for a million tokens in and a quarter of it out; models here cost nothing, unknown prices count as none. */
function priceOf({ endpoint, facts: { price } }: Model): number {
  return endpoint.local || price === undefined ? 0 : price.input + price.output / 4;
}

const by = (models: readonly Model[], worth: (model: Model) => number): readonly Model[] =>
  models.toSorted((one, other) => worth(one) - worth(other));

function readPreset(value: unknown): Preset {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    roles.flatMap((role) => {
      const choice = value[role];
      return isModelChoice(choice) ? [[role, choice]] : [];
    }),
  );
}
