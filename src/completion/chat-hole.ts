import type { Model } from '../llm/model.ts';
import type { ChatRequest } from '../llm/request.ts';
import type { Asked, Hole } from './asked.ts';
import { outputTokens } from './budget.ts';
import { answerTag } from './postprocess/answer-body.ts';

const cursor = '<cursor/>';

/** Thoughts come out of the same limit as the answer. */
const roomForThoughts = 1024;

const system = [
  'You are the code completion engine of an editor.',
  `The user's file has ${cursor} where the cursor is. Write exactly the text to insert there, between ${answerTag.open} and ${answerTag.close}.`,
  'Keep the indentation of the file. Do not repeat what stands before or after the cursor. No explanations, no Markdown.',
  `If nothing has to be inserted, answer ${answerTag.open}${answerTag.close}.`,
].join('\n');

/** For models that only chat: the question which text belongs into the hole. The file's head comes first and stays the same. */
export function chatHole(model: Model, hole: Hole): Asked {
  const text = [
    ...hole.extra.map(({ filename, text: shown }) => `File: ${filename}\n${shown.trimEnd()}\n`),
    `File: ${hole.path} (${hole.languageId})\n${hole.prefix}${cursor}${hole.suffix}`,
  ].join('\n');
  const effort = leastEffort(model);
  const reasons = (model.facts.reasoningEfforts ?? []).length > 0;
  const request: ChatRequest = {
    kind: 'chat',
    system,
    messages: [{ role: 'user', content: [{ type: 'text', text }] }],
    parameters: {
      maxOutputTokens: outputTokens(model, hole.maxLines) + (reasons ? roomForThoughts : 0),
      ...(effort !== undefined && { reasoningEffort: effort }),
    },
  };
  return { request, form: 'chat', prompt: `${system}\n\n${text}`, answer: 'chat', specialTokens: [] };
}

/** A completion has no time to think: the smallest effort the model is known to accept. */
function leastEffort(model: Model): string | undefined {
  return ['none', 'minimal', 'low'].find((effort) => model.facts.reasoningEfforts?.includes(effort));
}
