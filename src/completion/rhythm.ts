const bucketMs = 10;
/** A longer gap is a pause to think, not typing. */
const burstMs = 600;
/** Shorter than fingers: the editor's own doing, such as a bracket it closes. */
const leastGapMs = 10;
const remembered = 120;
/** Gaps known before they say more than the guess. */
const enough = 8;
const guessMs = 200;
const slackMs = 40;
const quantile = 0.92;

/** How this person types: learns the gaps between the keys of a burst, the last ones only. */
export class Rhythm {
  /** The gaps by their length in buckets, and in the order they came, so that the oldest can leave. */
  readonly #counts = new Uint16Array(burstMs / bucketMs);
  readonly #recent = new Uint8Array(remembered);
  #known = 0;
  #next = 0;
  #lastAt = Number.NEGATIVE_INFINITY;

  /** A key was typed. `now`: milliseconds on a clock that never goes back. */
  key(now: number): void {
    const gap = now - this.#lastAt;
    if (gap < leastGapMs) return;
    this.#lastAt = now;
    if (gap >= burstMs) return;
    const bucket = Math.floor(gap / bucketMs);
    if (this.#known === remembered) this.#change(this.#recent[this.#next] ?? 0, -1);
    else this.#known += 1;
    this.#recent[this.#next] = bucket;
    this.#change(bucket, 1);
    this.#next = (this.#next + 1) % remembered;
  }

  /** A silence this long after a key says that the burst is over: longer than nearly all gaps within bursts. */
  get pauseMs(): number {
    if (this.#known < enough) return guessMs;
    let left = Math.ceil(this.#known * quantile);
    const bucket = this.#counts.findIndex((count) => {
      left -= count;
      return left <= 0;
    });
    return (bucket + 1) * bucketMs + slackMs;
  }

  #change(bucket: number, by: 1 | -1): void {
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + by;
  }
}
