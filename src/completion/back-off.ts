import * as l10n from '@vscode/l10n';
import type { LlmError } from '../llm/llm-error.ts';

const firstMs = 2000;
const mostMs = 30_000;

/** A model that fails again and again is not asked at every key. One failure alone is no pattern. */
export class BackOff {
  #failures = 0;
  #until = 0;
  #message = '';

  failed(now: number, message: string, { retryAfterMs }: LlmError): void {
    this.#failures += 1;
    this.#message = message;
    const wait = this.#failures < 2 ? 0 : Math.min(mostMs, firstMs * 2 ** (this.#failures - 2));
    this.#until = now + Math.max(wait, retryAfterMs ?? 0);
  }

  succeeded(): void {
    this.#failures = 0;
    this.#until = 0;
  }

  /** Why nothing is asked just now; undefined = go on. */
  reason(now: number): string | undefined {
    if (now >= this.#until) return undefined;
    return l10n.t('Waiting {0} s after an error: {1}', Math.ceil((this.#until - now) / 1000), this.#message);
  }
}
