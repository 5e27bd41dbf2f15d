import type { LocalModel } from './model-files.ts';

/** A model may take this share of the machine's memory; the editor and the project need the rest. */
const memoryShare = 0.6;
/** Larger models answer a pause in typing too late. */
const largestForCompletion = 2_500_000_000;

/** The model on disk that serves best: the largest that fits, and for completions one that fills holes quickly. */
export function preferredModel(
  models: readonly LocalModel[],
  job: 'chat' | 'completion',
  machineBytes: number,
): LocalModel | undefined {
  const present = models.filter(({ present }) => present).toSorted((one, other) => sizeOf(other) - sizeOf(one));
  const fits = ({ facts }: LocalModel): boolean => (facts.memoryBytes ?? 0) <= machineBytes * memoryShare;
  const fitting = present.filter(fits);
  if (job === 'chat') return fitting[0] ?? present.at(-1);
  const quick = fitting.filter((model) => sizeOf(model) <= largestForCompletion);
  return quick.find(({ facts }) => facts.fim === 'infill') ?? quick[0] ?? present.at(-1);
}

const sizeOf = ({ facts }: LocalModel): number => facts.fileBytes ?? 0;
