import type { WindowSize } from '../context/current-file.ts';
import type { Model } from '../llm/model.ts';

/** A token of code is about this many characters; on the careful side. */
const charactersPerToken = 3;

/** Of everything a prompt holds, however much a model could read. */
const mostCharacters = 24_000;

/** How much text around the cursor a model is shown: what it can read in the time a pause in typing has. */
const windows = {
  /** Reads some hundred tokens a second, on the processor the editor needs too. */
  embedded: { prefixCharacters: 1600, suffixCharacters: 400 },
  local: { prefixCharacters: 4000, suffixCharacters: 1200 },
  remote: { prefixCharacters: 8000, suffixCharacters: 2400 },
} as const satisfies Record<string, WindowSize>;

export function windowFor(model: Model): WindowSize {
  const { local } = model.endpoint;
  const wanted = windows[model.completion === 'embedded' ? 'embedded' : local ? 'local' : 'remote'];
  const { contextWindow } = model.facts;
  if (contextWindow === undefined) return wanted;
  const room = Math.max(0, contextWindow - outputTokens(model, 20) - 64) * charactersPerToken;
  const share = Math.min(1, room / (wanted.prefixCharacters + wanted.suffixCharacters));
  return {
    prefixCharacters: Math.floor(wanted.prefixCharacters * share),
    suffixCharacters: Math.floor(wanted.suffixCharacters * share),
  };
}

/** The limit of an answer: some tokens a line, and never more than the model gives. */
export function outputTokens(model: Model, maxLines: number): number {
  const wanted = maxLines === 1 ? 64 : Math.min(384, 64 + 16 * maxLines);
  const { maxOutputTokens, contextWindow } = model.facts;
  const most = Math.min(
    maxOutputTokens ?? wanted,
    contextWindow === undefined ? wanted : Math.floor(contextWindow / 4),
  );
  return Math.max(1, Math.min(wanted, most));
}

/** Other files to show, as many as find room beside the window; the first ones matter most. */
export function filesThatFit<File extends { readonly text: string }>(
  model: Model,
  files: readonly File[],
): readonly File[] {
  const window = windowFor(model);
  const { contextWindow } = model.facts;
  const all = contextWindow === undefined ? mostCharacters : contextWindow * charactersPerToken;
  const own = window.prefixCharacters + window.suffixCharacters + outputTokens(model, 20) * charactersPerToken;
  let room = Math.min(mostCharacters, all) - own;
  return files.filter(({ text }) => {
    if (text.length > room) return false;
    room -= text.length;
    return true;
  });
}
