import type { ChatHistoryItem, LlamaChat } from 'node-llama-cpp';
import { generateAfter } from './generate.ts';
import { type ChatJob, JobError, type Outcome, type Write } from './job.ts';

/** Tokens a chat template may add before the reply, e.g. to open a thought. */
const templateMargin = 16;

/** Answers a conversation with the model's own template. A conversation that does not fit is an error, never cut. */
export async function answerChat(chat: LlamaChat, job: ChatJob, write: Write, signal: AbortSignal): Promise<Outcome> {
  const history = historyOf(job);
  const { contextText } = chat.chatWrapper.generateContextState({ chatHistory: history });
  const prompt = contextText.tokenize(chat.model.tokenizer);
  const room = chat.context.contextSize - prompt.length - templateMargin;
  if (room < 1) {
    throw new JobError(
      'context-overflow',
      `The conversation takes ${prompt.length} tokens; the model can see ${chat.context.contextSize} at once.`,
    );
  }
  const { sampling } = job;
  return await generateAfter(chat.sequence, prompt, signal, async () => {
    const { metadata } = await chat.generateResponse(history, {
      signal,
      stopOnAbortSignal: true,
      maxTokens: Math.min(room, sampling.maxTokens ?? room),
      temperature: sampling.temperature,
      ...(sampling.topP !== undefined && { topP: sampling.topP }),
      customStopTriggers: sampling.stop,
      onResponseChunk: (chunk) => write(chunk.type === 'segment' ? 'reasoning' : 'text', chunk.text),
    });
    return metadata.stopReason;
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
