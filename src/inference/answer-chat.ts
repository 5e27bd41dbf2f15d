import type { ChatHistoryItem, Token } from 'node-llama-cpp';
import { generateAfter, type Reading } from './generate.ts';
import { type ChatJob, JobError, type Outcome, type Write } from './job.ts';
import type { ChatSlot } from './sequence-pool.ts';
import type { Slots } from './slots.ts';

/** Tokens a chat template may add before the reply, e.g. to open a thought. */
const templateMargin = 16;

/** Answers a conversation with the model's own template. A conversation that does not fit is an error, never cut. */
export async function answerChat(
  slots: Slots<ChatSlot>,
  wrapped: (history: ChatHistoryItem[]) => Token[],
  job: ChatJob,
  write: Write,
  reading: Reading,
): Promise<Outcome> {
  const history = historyOf(job);
  const prompt = wrapped(history);
  return await slots.use(prompt, async (slot) => {
    const { chat } = slot;
    slot.signal = reading.signal;
    const room = chat.context.contextSize - prompt.length - templateMargin;
    if (room < 1) {
      throw new JobError(
        'context-overflow',
        `The conversation takes ${prompt.length} tokens; the model can see ${chat.context.contextSize} at once.`,
      );
    }
    const { sampling } = job;
    return await generateAfter(chat.sequence, prompt, reading, async () => {
      const { metadata } = await chat.generateResponse(history, {
        signal: reading.signal,
        stopOnAbortSignal: true,
        maxTokens: Math.min(room, sampling.maxTokens ?? room),
        temperature: sampling.temperature,
        ...(sampling.topP !== undefined && { topP: sampling.topP }),
        customStopTriggers: sampling.stop,
        onResponseChunk: (chunk) => write(chunk.type === 'segment' ? 'reasoning' : 'text', chunk.text),
      });
      return metadata.stopReason;
    });
  });
}

function historyOf({ system, messages }: ChatJob): ChatHistoryItem[] {
  return [
    ...(system ? [{ type: 'system' as const, text: system }] : []),
    ...messages.map(
      ({ role, text }): ChatHistoryItem =>
        role === 'user' ? { type: 'user', text } : { type: 'model', response: [text] },
    ),
    { type: 'model', response: [] },
  ];
}
