import type { Situation } from '../situation.ts';

/** Nothing of the text can be shown. */
export interface Cut {
  readonly cut: string;
}

/** Mends a complete text. A valid one comes out as it went in. */
export type Filter = (text: string, situation: Situation) => string | Cut;

/**
 * Where the text has to end, as soon as that is certain: what comes later never changes the answer,
 * so the stream may be closed. `ended`: nothing more will come, the last line is complete.
 */
export type CutRule = (text: string, situation: Situation, ended: boolean) => number | undefined;

/** Letters and digits: what makes a line say something. */
export function wordCharacters(text: string): number {
  return text.match(/[\p{L}\p{N}_]/gu)?.length ?? 0;
}
