import type { Timeouts } from '../llm/endpoint.ts';
import type { LlmError, LlmErrorCode } from '../llm/llm-error.ts';
import { RequestFailed } from './request-failed.ts';

type Phase = 'connect' | 'first-token' | 'idle' | 'ending';

/** How long a connection may stay open after the reply said that it is over. */
const endingMs = 250;

interface Limit {
  readonly ms: (timeouts: Timeouts) => number;
  readonly code: LlmErrorCode;
  readonly words: string;
}

const limits: Readonly<Record<Phase, Limit>> = {
  connect: { ms: ({ connectMs }) => connectMs, code: 'connect-timeout', words: 'No connection' },
  'first-token': { ms: ({ firstTokenMs }) => firstTokenMs, code: 'first-token-timeout', words: 'No answer' },
  idle: { ms: ({ idleMs }) => idleMs, code: 'idle-timeout', words: 'Nothing more came' },
  ending: { ms: () => endingMs, code: 'idle-timeout', words: 'The connection was not ended' },
};

/** The one timer of an exchange. `bite` gets the failure when a phase lasts longer than it may. */
export class Watchdog {
  readonly #timeouts: Timeouts;
  readonly #url: string;
  readonly #bite: (failure: RequestFailed) => void;
  #timer: NodeJS.Timeout | undefined;
  #bitten: RequestFailed | undefined;

  constructor(timeouts: Timeouts, url: string, bite: (failure: RequestFailed) => void) {
    this.#timeouts = timeouts;
    this.#url = url;
    this.#bite = bite;
  }

  /** Set once a limit was passed: the true cause of whatever the socket says afterwards. */
  get bitten(): RequestFailed | undefined {
    return this.#bitten;
  }

  watch(phase: Phase): void {
    this.stop();
    const limit = limits[phase];
    const ms = limit.ms(this.#timeouts);
    if (ms <= 0) return;
    this.#timer = setTimeout(() => {
      const message = `${limit.words} within ${ms / 1000} s.`;
      const error: LlmError = { code: limit.code, message, retryable: true, url: this.#url };
      this.#bitten = new RequestFailed(error);
      this.#bite(this.#bitten);
    }, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
