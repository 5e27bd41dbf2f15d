import type { LocalModel } from './model-files.ts';

/** The model on disk that does a job best; undefined = none is there. Size is what quality goes with. */
export function preferredModel(models: readonly LocalModel[], job: 'chat' | 'completion'): LocalModel | undefined {
  const usable = models.filter((model) => model.present && model.problem === undefined);
  const rank = ({ facts }: LocalModel): number =>
    (facts.fileBytes ?? 0) + (job === 'completion' && facts.fim !== 'chat' ? Number.MAX_SAFE_INTEGER / 2 : 0);
  return usable.toSorted((one, other) => rank(other) - rank(one))[0];
}
