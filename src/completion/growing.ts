import { type Finished, finishPart } from './finish.ts';
import type { OutputReader } from './output-reader.ts';
import type { Clock } from './ports.ts';
import type { Situation } from './situation.ts';

/** A text that comes in one go is shown once, whole. */
const settleMs = 40;
/** A line that is slow to end is shown by its words. */
const slowLineMs = 200;
/** Between two pieces; every change of ghost text moves what is below it. */
const pauseMs = 120;

export type Part = Extract<Finished, { kind: 'text' }>;

export interface GrowingPlan {
  readonly reader: OutputReader;
  readonly situation: Situation;
  readonly clock: Clock;
  /** A piece fit to be shown; each continues the one before. */
  readonly onPart: (part: Part) => void;
  /** Aborted when the text is complete or not wanted any more. */
  readonly signal: AbortSignal;
}

/** Offers the text of a stream while it is still coming: by lines, a slow line by its words. */
export class Growing {
  readonly #plan: GrowingPlan;
  #since: number | undefined;
  /** Of the model's text and of what became of it. */
  #shownTo = 0;
  #shown = '';
  #waiting = false;

  constructor(plan: GrowingPlan) {
    this.#plan = plan;
  }

  /** To be called after each piece of text. */
  pushed(): void {
    const { clock, signal, reader } = this.#plan;
    this.#since ??= clock.now();
    if (this.#waiting || signal.aborted) return;
    this.#waiting = true;
    const hasLine = endOfWholeLines(reader.text) > this.#shownTo;
    const wait = hasLine ? (this.#shown === '' ? settleMs : pauseMs) : slowLineMs;
    void clock.sleep(Math.max(0, this.#since + wait - clock.now()), signal).then(() => {
      this.#waiting = false;
      if (!signal.aborted) this.#offer(!hasLine);
    });
  }

  #offer(slow: boolean): void {
    const { reader, situation, clock, onPart } = this.#plan;
    const lines = endOfWholeLines(reader.text);
    const end = lines > this.#shownTo || !slow ? lines : endOfWholeWords(reader.text);
    if (end <= this.#shownTo) return;
    const part = finishPart(reader.text.slice(0, end), situation);
    if (part.kind !== 'text' || part.text.length <= this.#shown.length || !part.text.startsWith(this.#shown)) return;
    this.#shownTo = end;
    this.#shown = part.text;
    this.#since = clock.now();
    onPart(part);
  }
}

/** Where the last complete line ends that is not the blank beginning. */
function endOfWholeLines(text: string): number {
  const end = text.lastIndexOf('\n');
  return end > 0 && text.slice(0, end).trim() !== '' ? end : 0;
}

function endOfWholeWords(text: string): number {
  const end = text.search(/\s\S*$/);
  return end > 0 && text.slice(0, end).trim() !== '' ? end : 0;
}
