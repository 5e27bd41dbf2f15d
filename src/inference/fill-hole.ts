import type { LlamaModel, Token } from 'node-llama-cpp';
import { completeText } from './complete-text.ts';
import type { Reading } from './generate.ts';
import { type InfillTokens, infillPrompt } from './infill-prompt.ts';
import type { InfillJob, Outcome, Write } from './job.ts';
import type { CompletionSlot } from './sequence-pool.ts';
import type { Slots } from './slots.ts';
import { typedSince } from './typed-since.ts';

const usualOutput = 256;
/** So much may be typed behind the mark of the middle; then the hole is shown anew. */
const mostTyped = 256;

/**
 * Fills a hole. What was typed since it was first shown is put behind the mark of the middle, as the beginning of the
 * filling: so the text after the cursor, which comes before that mark, is not read again at every key.
 */
export async function fillHole(
  slots: Slots<CompletionSlot>,
  contextSize: number,
  model: LlamaModel,
  tokens: InfillTokens<Token>,
  job: InfillJob,
  write: Write,
  reading: Reading,
): Promise<Outcome> {
  const output = Math.min(job.sampling.maxTokens ?? usualOutput, Math.floor(contextSize / 2));
  const room = contextSize - output - 3;
  const tokenize = (text: string): readonly Token[] => model.tokenize(text, false, 'trimLeadingSpace');
  const continued = ({ shown }: CompletionSlot): readonly Token[] | undefined => {
    const typed = shown && typedSince(shown.texts, job);
    if (shown === undefined || typed === undefined) return undefined;
    const added = tokenize(typed);
    if (added.length > mostTyped || shown.prompt.length + added.length > room) return undefined;
    return [...shown.prompt, ...added];
  };
  const fresh = infillPrompt(
    tokens,
    {
      prefix: tokenize(job.prefix),
      suffix: tokenize(job.suffix),
      extra: job.extra.map(({ filename, text }) => tokenize(`${filename}\n${text}\n`)),
      currentFile: tokenize('current file\n'),
    },
    room,
  );
  const choose = (free: readonly CompletionSlot[]) => free.find((slot) => continued(slot) !== undefined);
  return await slots.use(
    fresh,
    (slot) => {
      const prompt = continued(slot);
      if (prompt === undefined) slot.shown = { texts: job, prompt: fresh };
      return completeText(slot, prompt ?? fresh, job.sampling, write, reading);
    },
    choose,
  );
}
