import type { Model } from '../llm/model.ts';
import type { ChatRequest } from '../llm/request.ts';
import type { Asked, Hole } from './asked.ts';
import { outputTokens } from './budget.ts';
import { answerTag } from './postprocess/answer-body.ts';

const cursor = '<cursor/>';

/** Thoughts come out of the same limit as the answer. */
const roomForThoughts = 1024;

const system = [
  'You are the code completion engine of an editor. Other files may be shown first, then the file the user is typing in.',
  `In that file ${cursor} marks the cursor. Write exactly the text to insert there, between ${answerTag.open} and ${answerTag.close}.`,
  'What you write is put in place of the mark as it is: begin with the very next character, blanks and line breaks included, and stop where the text after the mark goes on.',
  'Finish the statement or block that was begun; do not start another. Keep the names, style and indentation of the file.',
  'Never repeat what stands before or after the mark. No explanations, no Markdown.',
  `If nothing has to be inserted, answer ${answerTag.open}${answerTag.close}.`,
].join('\n');

/** For models that only chat: the question which text belongs into the hole. What stays the same from key to key comes first. */
export function chatHole(model: Model, hole: Hole): Asked {
  const text = [
    ...hole.extra.map(({ filename, text: shown }) => `File: ${filename}\n${shown.trimEnd()}\n`),
    `File: ${hole.path} (${hole.languageId})\n${hole.prefix}${cursor}${hole.suffix}\n`,
    reminder(hole),
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

/** Where the cursor is once more, since a mark within much code is overlooked. */
function reminder({ prefix, suffix, maxLines }: Hole): string {
  const line = `${prefix.slice(prefix.lastIndexOf('\n') + 1)}${cursor}${suffix.split('\n', 1)[0] ?? ''}`;
  const most = maxLines === 1 ? 'The answer stays on this line.' : `The answer has at most ${maxLines} lines.`;
  return `The cursor is in this line:\n${line}\n${most}`;
}

/** A completion has no time to think: the smallest effort the model is known to accept. */
function leastEffort(model: Model): string | undefined {
  return ['none', 'minimal', 'low'].find((effort) => model.facts.reasoningEfforts?.includes(effort));
}
