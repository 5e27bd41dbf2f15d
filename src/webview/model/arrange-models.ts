import * as l10n from '@vscode/l10n';
import type { ModelView, ShelfView } from '../../protocol/chat-view.ts';
import { matchWords } from './match-words.ts';

/** Models under one heading of the list. */
export interface Section {
  readonly key: string;
  readonly label: string;
  readonly options: readonly Placed[];
}

/** A model at one of its places: what is pinned or was chosen lately is in its provider's section all the same. */
export interface Placed {
  /** Of this place alone. */
  readonly key: string;
  readonly model: ModelView;
  readonly pinned: boolean;
  readonly hidden: boolean;
}

export interface Arranged {
  readonly sections: readonly Section[];
  /** How many are not listed because they are hidden. */
  readonly hiddenCount: number;
}

export interface Wanted {
  readonly query: string;
  /** The model in use: listed whatever else holds. */
  readonly current: ModelView;
  readonly showHidden: boolean;
}

/**
 * The list as it is drawn. Without a search: choices of several models, pins in the user's order, the last ones chosen,
 * then every provider. With one, each model once, below its provider, the best first.
 */
export function arrangeModels(
  models: readonly ModelView[],
  shelf: ShelfView,
  { query, current, showHidden }: Wanted,
): Arranged {
  const hidden = new Set(shelf.hidden);
  const pinned = new Set(shelf.pinned);
  const isListed = current.ref === '' || models.some(({ ref }) => ref === current.ref);
  const all = isListed ? models : [current, ...models];
  const shown = all.filter(({ ref }) => showHidden || !hidden.has(ref) || ref === current.ref);
  const place =
    (section: string) =>
    (model: ModelView): Placed => ({
      key: `${section}\n${model.ref}`,
      model,
      pinned: pinned.has(model.ref),
      hidden: hidden.has(model.ref),
    });
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length > 0) {
    const matching = all.filter((model) => matchWords(model, words) !== undefined);
    const found = matching.filter((model) => shown.includes(model));
    return { sections: ranked(found, words, place), hiddenCount: matching.length - found.length };
  }
  const byRef = new Map(shown.map((model) => [model.ref, model]));
  const at = (refs: readonly string[]): readonly ModelView[] => refs.flatMap((ref) => byRef.get(ref) ?? []);
  const recent = shelf.recent.filter((ref) => !pinned.has(ref));
  const own: readonly Section[] = [
    {
      key: 'several',
      label: l10n.t('Several models'),
      options: shown.filter(({ kind }) => kind).map(place('several')),
    },
    { key: 'pinned', label: l10n.t('Pinned'), options: at(shelf.pinned).map(place('pinned')) },
    { key: 'recent', label: l10n.t('Recent'), options: at(recent).map(place('recent')) },
  ];
  const providers = byProvider(shown.filter(({ kind }) => kind === undefined));
  return {
    sections: [
      ...own.filter(({ options }) => options.length > 0),
      ...providers.map(([label, list]) => ({ key: `by ${label}`, label, options: list.map(place(`by ${label}`)) })),
    ],
    hiddenCount: all.length - shown.length,
  };
}

function ranked(
  found: readonly ModelView[],
  words: readonly string[],
  place: (section: string) => (model: ModelView) => Placed,
): readonly Section[] {
  const scores = new Map(found.map((model) => [model, matchWords(model, words) ?? 0]));
  const score = (model: ModelView): number => scores.get(model) ?? 0;
  const sorted = found.toSorted((one, other) => score(other) - score(one));
  // A provider stands where its best model does.
  return byProvider(sorted).map(([label, list]) => ({
    key: `by ${label}`,
    label,
    options: list.map(place(`by ${label}`)),
  }));
}

function byProvider(models: readonly ModelView[]): readonly (readonly [string, readonly ModelView[]])[] {
  return [...Map.groupBy(models, ({ provider }) => provider)];
}
