import * as l10n from '@vscode/l10n';
import type { Model } from '../llm/model.ts';
import type { CompletionProtocol } from '../llm/model-facts.ts';
import { type FimTemplate, fimTemplate } from './fim-templates.ts';

/** How a model is asked for the middle. `guessed`: nobody said so. */
export type Form =
  | { readonly kind: 'raw'; readonly template: FimTemplate }
  | { readonly kind: 'infill' | 'chat'; readonly guessed: boolean }
  | { readonly kind: 'none' };

/** The family's tokens, else the endpoint's own door, else a question in words. */
export function formOf({ completion, chat, facts }: Model): Form {
  if (completion === undefined) return chat === undefined ? { kind: 'none' } : { kind: 'chat', guessed: false };
  if (facts.fim === 'chat' && chat !== undefined) return { kind: 'chat', guessed: false };
  const template = facts.fim === undefined ? undefined : fimTemplate(facts.fim);
  if (template) return { kind: 'raw', template };
  const { ownDoor } = wires[completion];
  if (facts.fim === 'infill' || ownDoor) return { kind: 'infill', guessed: facts.fim !== 'infill' && !ownDoor };
  return { kind: chat === undefined ? 'infill' : 'chat', guessed: true };
}

/** Other files go beside the prefix, not into it. */
export function carriesFiles({ completion }: Model): boolean {
  return completion !== undefined && wires[completion].carriesFiles;
}

/** What a user should know of a model that is asked by guess; undefined = nothing. */
export function formNote(model: Model): string | undefined {
  const form = formOf(model);
  if (form.kind === 'none' || form.kind === 'raw' || !form.guessed) return undefined;
  const { fim } = model.facts;
  const unknown =
    fim === undefined
      ? l10n.t('fill-in-the-middle form unknown')
      : l10n.t('unknown fill-in-the-middle form "{0}"', fim);
  const asked = form.kind === 'chat' ? l10n.t('asked through chat') : l10n.t('asked with prompt and suffix');
  return l10n.t('{0}: {1}; set "fim" in tutti.providers to change', unknown, asked);
}

/** Wires whose whole purpose is the middle, whatever the model's family, and wires that carry other files beside it. */
const wires: Readonly<Record<CompletionProtocol, { readonly ownDoor: boolean; readonly carriesFiles: boolean }>> = {
  'openai-completions': { ownDoor: false, carriesFiles: false },
  'llamacpp-infill': { ownDoor: true, carriesFiles: true },
  // Only templates that know a suffix take one here.
  'ollama-generate': { ownDoor: false, carriesFiles: false },
  embedded: { ownDoor: true, carriesFiles: true },
};
