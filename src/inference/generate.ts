import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Outcome } from './job.ts';
import type { PieceSize } from './piece-size.ts';
import { sharedLength } from './slots.ts';

export interface Reading {
  readonly pieces: PieceSize;
  /** Called before each piece. */
  readonly wait: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Nothing was computed, and what is in memory stays. */
export const abortedEarly: Outcome = {
  finish: 'aborted',
  rawFinish: 'abort',
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
};

const finishes: Readonly<Record<string, Outcome['finish']>> = { maxTokens: 'length', abort: 'aborted' };

/**
 * Brings a prompt into the model's memory piece by piece, then lets `generate` go on from there, and counts tokens.
 * What is still in memory from the job before is not evaluated again. `generate` answers why it stopped.
 */
export async function generateAfter(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  { pieces, wait, signal }: Reading,
  generate: () => Promise<string>,
): Promise<Outcome> {
  if (signal.aborted) return abortedEarly;
  // The last token stays for `generate`: the next one comes out of its evaluation.
  const end = prompt.length - 1;
  const shared = Math.min(sharedLength(sequence.contextTokens, prompt), end);
  await sequence.eraseContextTokenRanges([{ start: shared, end: sequence.nextTokenIndex }]);
  const cachedTokens = sequence.nextTokenIndex;
  while (sequence.nextTokenIndex < end && !signal.aborted) {
    const start = sequence.nextTokenIndex;
    const piece = prompt.slice(start, Math.min(start + pieces.next(), end));
    await wait();
    const begun = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(piece);
    pieces.observe(piece.length, performance.now() - begun);
  }
  const before = sequence.tokenMeter.getState();
  const rawFinish = signal.aborted ? 'abort' : await generate();
  return {
    finish: finishes[rawFinish] ?? 'stop',
    rawFinish,
    inputTokens: prompt.length,
    cachedTokens,
    outputTokens: sequence.tokenMeter.diff(before).usedOutputTokens,
  };
}
