/** A stretch of code in one colour. */
export interface Run {
  readonly text: string;
  /** Absent: no colour of its own. */
  readonly className?: string;
}

/** The runs of one piece of code, as JSON: the name of a colour or '' and the text, in turn. As text it is compared at once. */
export type ColouredChunk = string;

/** What the page asks of the worker that colours code, and what it answers: nothing where code stays plain. */
export interface ColouringTask {
  readonly id: number;
  readonly code: string;
  readonly language: string;
}

export interface ColouringResult {
  readonly id: number;
  readonly chunks: readonly ColouredChunk[];
}

/** Longer code is shown plain. */
export const longestColoured = 200_000;

export const chunkOf = (runs: readonly Run[]): ColouredChunk =>
  JSON.stringify(runs.flatMap(({ className = '', text }) => [className, text]));

export function runsOf(chunk: ColouredChunk): readonly Run[] {
  const flat: unknown = JSON.parse(chunk);
  if (!Array.isArray(flat)) return [];
  const runs: Run[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const [className, text] = [String(flat[at]), String(flat[at + 1])];
    runs.push(className === '' ? { text } : { text, className });
  }
  return runs;
}
