import { isModelRef, type ModelRef } from '../llm/model-ref.ts';
import { isObject, numberAt } from '../util/json.ts';
import type { Weights } from './auto-decision.ts';

/** The setting `tutti.auto`, as far as it could be understood. Without models there is no Auto. */
export interface AutoSetting {
  readonly models: readonly ModelRef[];
  readonly weights: Weights;
  readonly ratings: ReadonlyMap<ModelRef, number>;
  /** A model elsewhere may answer where one on this machine was chosen and failed. */
  readonly localToCloud: boolean;
}

const usual: Weights = { quality: 0.5, cost: 0.3, latency: 0.3, privacy: 0 };

export function readAuto(setting: unknown): AutoSetting {
  const models = isObject(setting) && Array.isArray(setting['models']) ? setting['models'].filter(isModelRef) : [];
  const ratings = isObject(setting) && isObject(setting['ratings']) ? setting['ratings'] : {};
  const weight = (name: keyof Weights): number => share(numberAt(setting, name)) ?? usual[name];
  return {
    models: [...new Set(models)],
    weights: {
      quality: weight('quality'),
      cost: weight('cost'),
      latency: weight('latency'),
      privacy: weight('privacy'),
    },
    ratings: new Map(
      Object.entries(ratings).flatMap(([ref, value]) => {
        const rating = share(typeof value === 'number' ? value : undefined);
        return isModelRef(ref) && rating !== undefined ? [[ref, rating] as const] : [];
      }),
    ),
    localToCloud: isObject(setting) && setting['localToCloud'] === true,
  };
}

/** What is no number from 0 to 1 counts as absent. */
function share(value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 && value <= 1 ? value : undefined;
}
