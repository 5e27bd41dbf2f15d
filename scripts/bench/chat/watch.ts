import type { Page } from 'playwright-core';

/** What has been seen of a page since `watch`, in milliseconds. */
export interface Seen {
  /** Tasks over 50 ms. */
  readonly longTasks: readonly number[];
  /** From each key to the end of what the page made of it. */
  readonly keys: readonly number[];
}

export const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const found = { longTasks: [] as number[], keys: [] as number[] };
    Object.assign(window, { found });
    new PerformanceObserver((list) =>
      found.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({ type: 'longtask' });
    addEventListener(
      'keydown',
      // From the key itself: what keeps the page from hearing of it counts, too.
      ({ timeStamp }) => setTimeout(() => found.keys.push(performance.now() - timeStamp)),
      true,
    );
  });

export const seen = (page: Page): Promise<Seen> =>
  page.evaluate(async () => {
    await new Promise((rest) => setTimeout(rest, 100));
    return Reflect.get(window, 'found');
  });

export const longest = ({ longTasks }: Seen): number => Math.max(0, ...longTasks);
