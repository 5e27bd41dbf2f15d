/** Resolves after `ms`, or at once with `aborted` when the signal is or gets aborted. */
export function delay(ms: number, signal: AbortSignal): Promise<'elapsed' | 'aborted'> {
  if (signal.aborted) return Promise.resolve('aborted');
  return new Promise((resolve) => {
    const finish = (outcome: 'elapsed' | 'aborted'): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(outcome);
    };
    const abort = (): void => finish('aborted');
    const timer = setTimeout(() => finish('elapsed'), ms);
    signal.addEventListener('abort', abort, { once: true });
  });
}
