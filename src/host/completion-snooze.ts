import * as l10n from '@vscode/l10n';
import { EventEmitter } from 'vscode';
import type { CompletionEngine } from '../completion/engine.ts';

/** Quiet for a while: until when, and the end of it. */
export class Snooze {
  readonly #engine: CompletionEngine;
  readonly #changed = new EventEmitter<void>();
  #end: NodeJS.Timeout | undefined;

  constructor(engine: CompletionEngine) {
    this.#engine = engine;
  }

  readonly onDidChange = this.#changed.event;

  /** As a person reads it: "for 14 more minutes, until 18:05"; undefined = awake. */
  get words(): string | undefined {
    const { snoozedUntil } = this.#engine;
    const minutes = Math.ceil((snoozedUntil - Date.now()) / 60_000);
    if (minutes <= 0) return undefined;
    return minutes === 1
      ? l10n.t('for 1 more minute, until {0}', this.#clock)
      : l10n.t('for {0} more minutes, until {1}', minutes, this.#clock);
  }

  /** "18:05"; undefined = awake. */
  get untilClock(): string | undefined {
    return this.#engine.snoozedUntil > Date.now() ? this.#clock : undefined;
  }

  /** 0 = wake up now. */
  set(minutes: number): void {
    clearTimeout(this.#end);
    this.#engine.snooze(minutes <= 0 ? 0 : Date.now() + minutes * 60_000);
    // A timer holds no more than 24 days; whoever snoozes longer has restarted VS Code by then.
    if (minutes > 0) this.#end = setTimeout(() => this.set(0), Math.min(minutes * 60_000, 2 ** 31 - 1));
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#end);
    this.#changed.dispose();
  }

  get #clock(): string {
    return new Date(this.#engine.snoozedUntil).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  }
}
