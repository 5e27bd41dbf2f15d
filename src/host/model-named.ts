import * as l10n from '@vscode/l10n';
import type { Resolution } from '../gateway/gateway.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { Model } from '../llm/model.ts';
import { isModelRef, type ModelRef } from '../llm/model-ref.ts';

/**
 * The first of these models that the user has, by ref, id or name; else a word on why none of them is asked. A prompt file may
 * come from a repository: it never moves a chat from a model on this machine to one elsewhere.
 */
export async function modelNamed(
  names: readonly string[],
  { directory }: { readonly directory: ModelDirectory },
  current: Resolution | undefined,
): Promise<{ readonly model: ModelRef } | { readonly note: string }> {
  const wanted = names.join(', ');
  const found = await find(names, directory);
  if (!found) return { note: l10n.t('The prompt asks for {0}, which is not among your models.', wanted) };
  const isLocal = current?.kind === 'model' && current.model.endpoint.local;
  if (!isLocal || found.endpoint.local) return { model: found.ref };
  return {
    note: l10n.t(
      'The prompt asks for {0}, but this chat stays with a model on this machine. Switch to it yourself if you want to.',
      found.ref,
    ),
  };
}

async function find(names: readonly string[], directory: ModelDirectory): Promise<Model | undefined> {
  for (const name of names) {
    const model = isModelRef(name) ? await directory.find(name) : undefined;
    if (model && !('code' in model) && model.chat !== undefined) return model;
  }
  const models = (await directory.all(AbortSignal.timeout(5000))).flatMap((provider) => provider.models);
  const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  for (const name of names) {
    const model = models.find(
      ({ id, facts, chat }) => chat !== undefined && (same(id, name) || same(facts.name ?? '', name)),
    );
    if (model) return model;
  }
  return undefined;
}
