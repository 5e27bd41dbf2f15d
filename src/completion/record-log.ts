import type { CompletionRecord } from './record.ts';

const capacity = 50;

/** The last records, oldest first. What says the same thing again is counted, not listed. */
export class RecordLog {
  #records: CompletionRecord[] = [];

  get all(): readonly CompletionRecord[] {
    return this.#records;
  }

  add(record: CompletionRecord): void {
    const last = this.#records.at(-1);
    if (last && saysTheSame(last, record)) {
      this.#records[this.#records.length - 1] = { ...record, id: last.id, keys: last.keys + 1 };
      return;
    }
    this.#records.push(record);
    if (this.#records.length > capacity) this.#records.shift();
  }

  /** The user took the suggestion. */
  accepted(suggestionId: number): void {
    this.#records = this.#records.map((record) =>
      record.suggestionId === suggestionId ? { ...record, accepted: true } : record,
    );
  }

  /** The last one that was not simply overtaken by the next key. */
  get lastAnswer(): CompletionRecord | undefined {
    return lastAnswerOf(this.#records);
  }

  /** The same, of one document. */
  lastAnswerFor(uri: string): CompletionRecord | undefined {
    return lastAnswerOf(this.#records, uri);
  }
}

/** Of these, the last one that was not simply overtaken by the next key; `uri`: of this document only. */
export function lastAnswerOf(records: readonly CompletionRecord[], uri?: string): CompletionRecord | undefined {
  const its = uri === undefined ? records : records.filter((record) => record.uri === uri);
  return its.findLast((record) => record.outcome !== 'cancelled') ?? its.at(-1);
}

/** Typing along one suggestion, or keys that came before a request was made. */
function saysTheSame(last: CompletionRecord, next: CompletionRecord): boolean {
  if (last.uri !== next.uri || last.outcome !== next.outcome || last.reason !== next.reason) return false;
  if (next.outcome === 'shown') {
    return next.source === 'typed-along' && last.source === next.source && last.suggestionId === next.suggestionId;
  }
  return next.request === undefined && last.request === undefined && last.endedBy === next.endedBy;
}
