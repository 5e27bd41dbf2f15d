/**
 * Counts of values in buckets that each reach a fifth further than the one before. Two histograms add up
 * bucket by bucket, and a quantile is right to about a tenth.
 */

const smallest = 5;
const growth = 1.2;
const lastBucket = 60;

/** The bucket of a value; what is smaller than 5 or larger than some 280,000 goes to the ends. */
export function bucketOf(value: number): number {
  const bucket = Math.ceil(Math.log(Math.max(value, smallest) / smallest) / Math.log(growth));
  return Number.isFinite(bucket) ? Math.min(bucket, lastBucket) : lastBucket;
}

/** The value that this share of all is not above; undefined where nothing was counted. */
export function quantile(counts: ReadonlyMap<number, number>, share: number): number | undefined {
  const buckets = [...counts].filter(([, count]) => count > 0).toSorted(([one], [other]) => one - other);
  const all = buckets.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  for (const [bucket, count] of buckets) {
    below += count;
    if (below >= share * all) return middleOf(bucket);
  }
  return undefined;
}

const middleOf = (bucket: number): number => (bucket === 0 ? smallest : smallest * growth ** (bucket - 0.5));
