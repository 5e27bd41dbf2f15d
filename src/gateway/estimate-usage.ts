import { type AssistantPart, textOf } from '../llm/message.ts';
import type { Request } from '../llm/request.ts';
import type { EndEvent, Usage } from '../llm/stream-event.ts';

/** A rough count, marked as such, for endpoints that report none: about four characters of code or English a token. */
export function estimateUsage(request: Request, end: Pick<EndEvent, 'message'>): Usage {
  const output = end.message.content.reduce((sum, part) => sum + writtenLength(part), 0);
  return { input: tokens(inputLength(request)), output: tokens(output), estimated: true };
}

function writtenLength(part: AssistantPart): number {
  if (part.type === 'opaque') return 0;
  return part.type === 'tool-call' ? part.arguments.length + part.name.length : part.text.length;
}

function inputLength(request: Request): number {
  if (request.kind === 'chat') {
    const history = request.messages.reduce((sum, message) => sum + textOf(message).length, 0);
    const tools = request.tools === undefined ? 0 : JSON.stringify(request.tools).length;
    return history + tools + (request.system?.length ?? 0);
  }
  const { prompt } = request;
  if (prompt.type === 'raw') return prompt.text.length;
  return prompt.extra.reduce((sum, file) => sum + file.text.length, prompt.prefix.length + prompt.suffix.length);
}

const tokens = (characters: number): number => Math.ceil(characters / 4);
