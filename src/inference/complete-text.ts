import type { Token } from 'node-llama-cpp';
import type { InferenceSampling } from '../protocol/to-inference.ts';
import { generateAfter, type Reading } from './generate.ts';
import { JobError, type Outcome, type Write } from './job.ts';
import type { CompletionSlot } from './sequence-pool.ts';

/** Goes on after `prompt`. A prompt that does not fit is an error, never cut: its beginning may carry its meaning. */
export async function completeText(
  { completion, sequence }: CompletionSlot,
  prompt: readonly Token[],
  sampling: InferenceSampling,
  write: Write,
  reading: Reading,
): Promise<Outcome> {
  const room = sequence.contextSize - prompt.length - 3;
  if (room < 1) {
    throw new JobError(
      'context-overflow',
      `The prompt takes ${prompt.length} tokens; the model can see ${sequence.contextSize} at once.`,
    );
  }
  const { bos, shouldPrependBosToken } = sequence.model.tokens;
  const evaluated = shouldPrependBosToken && bos !== null ? [bos, ...prompt] : prompt;
  return await generateAfter(sequence, evaluated, reading, async () => {
    const { metadata } = await completion.generateCompletionWithMeta([...prompt], {
      signal: reading.signal,
      stopOnAbortSignal: true,
      maxTokens: Math.min(room, sampling.maxTokens ?? room),
      temperature: sampling.temperature,
      ...(sampling.topP !== undefined && { topP: sampling.topP }),
      customStopTriggers: sampling.stop,
      // Code repeats itself for good reasons.
      repeatPenalty: false,
      // Nothing is ever shifted out: `maxTokens` ends it before the context is full.
      contextShiftSize: 1,
      onTextChunk: (text) => write('text', text),
    });
    return metadata.stopReason;
  });
}
