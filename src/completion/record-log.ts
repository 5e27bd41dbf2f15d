import type { CompletionRecord } from './record.ts';

const capacity = 50;

/** The last records, oldest first. A record may be put again under its id while it is still among them. */
export class RecordLog {
  #records: CompletionRecord[] = [];

  get all(): readonly CompletionRecord[] {
    return this.#records;
  }

  get last(): CompletionRecord | undefined {
    return this.#records.at(-1);
  }

  put(record: CompletionRecord): void {
    const index = this.#records.findIndex((other) => other.id === record.id);
    if (index >= 0) this.#records[index] = record;
    else this.#records.push(record);
    if (this.#records.length > capacity) this.#records.shift();
  }

  change(id: number, changed: Partial<CompletionRecord>): void {
    const record = this.#records.find((other) => other.id === id);
    if (record) this.put({ ...record, ...changed });
  }
}
