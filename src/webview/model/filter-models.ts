import type { ModelView } from '../../protocol/chat-view.ts';

export interface ModelGroup {
  readonly provider: string;
  readonly models: readonly ModelView[];
}

/** Models that have every word of `query` somewhere, by provider in the order they are listed. */
export function filterModels(models: readonly ModelView[], query: string): readonly ModelGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, ModelView[]>();
  for (const model of models) {
    const text = `${model.label} ${model.ref} ${model.provider} ${model.detail}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const group = groups.get(model.provider);
    if (group === undefined) groups.set(model.provider, [model]);
    else group.push(model);
  }
  return [...groups].map(([provider, list]) => ({ provider, models: list }));
}
