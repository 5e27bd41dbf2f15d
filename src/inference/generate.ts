import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Outcome } from './job.ts';

/** Tokens evaluated in one go: an abort waits for the end of a piece, and a processor is slow at it. */
export const pieceTokens = 128;

const finishes: Readonly<Record<string, Outcome['finish']>> = { maxTokens: 'length', abort: 'aborted' };

/**
 * Brings a prompt into the model's memory piece by piece, then lets `generate` go on from there, and counts tokens.
 * What is still in memory from the job before is not evaluated again. `generate` answers why it stopped.
 */
export async function generateAfter(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  signal: AbortSignal,
  generate: () => Promise<string>,
): Promise<Outcome> {
  await sequence.adaptStateToTokens([...prompt], false);
  const cachedTokens = Math.min(sequence.nextTokenIndex, prompt.length - 1);
  // The last token stays for `generate`: the next one comes out of its evaluation.
  const end = prompt.length - 1;
  for (let start = sequence.nextTokenIndex; start < end && !signal.aborted; start += pieceTokens) {
    await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(start, Math.min(start + pieceTokens, end)));
  }
  const before = sequence.tokenMeter.getState();
  const rawFinish = signal.aborted ? 'abort' : await generate();
  return {
    finish: finishes[rawFinish] ?? 'stop',
    rawFinish,
    inputTokens: prompt.length,
    cachedTokens: Math.max(0, cachedTokens),
    outputTokens: sequence.tokenMeter.diff(before).usedOutputTokens,
  };
}
