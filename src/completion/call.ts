import type { CompletionDocument, CompletionQuery } from './document.ts';
import type { CompletionRecord, Outcome, RequestRecord, Source, Stage, StageTime } from './record.ts';

export interface CallEnd {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly source?: Source;
  readonly text?: string;
  readonly suggestionId?: number;
  readonly request?: RequestRecord;
}

/** One call for a suggestion on its way through the stages: takes their times and ends as one record. */
export class Call {
  readonly #now: () => number;
  readonly #document: CompletionDocument;
  readonly #query: CompletionQuery;
  readonly #startedAt: number;
  readonly #stages: StageTime[] = [];
  #stage: Stage = 'trigger';
  #enteredAt: number;

  constructor(now: () => number, document: CompletionDocument, query: CompletionQuery) {
    this.#now = now;
    this.#document = document;
    this.#query = query;
    this.#startedAt = now();
    this.#enteredAt = this.#startedAt;
  }

  enter(stage: Stage): void {
    const now = this.#now();
    this.#stages.push({ stage: this.#stage, ms: now - this.#enteredAt });
    this.#stage = stage;
    this.#enteredAt = now;
  }

  get elapsedMs(): number {
    return this.#now() - this.#startedAt;
  }

  end(id: number, end: CallEnd): CompletionRecord {
    const endedBy = this.#stage;
    this.enter(endedBy);
    return {
      ...end,
      id,
      at: Date.now(),
      uri: this.#document.uri,
      path: this.#document.path,
      languageId: this.#document.languageId,
      trigger: this.#query.trigger,
      endedBy,
      accepted: false,
      keys: 1,
      stages: this.#stages,
      totalMs: this.elapsedMs,
    };
  }
}
