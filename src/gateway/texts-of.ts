import type { AssistantPart, Message } from '../llm/message.ts';
import type { ChatRequest, CompletionRequest, Request, Tool } from '../llm/request.ts';

/** Gives a text, or the same one where nothing is to be changed. */
export type ChangeText = (text: string) => string;

/**
 * The request with every text in it changed; the very same parts where nothing was. What a vendor has signed stays as
 * it is: it came from there, and would be refused with another text.
 */
export function withTexts(request: Request, change: ChangeText): Request {
  return request.kind === 'chat' ? changedChat(request, change) : changedCompletion(request, change);
}

function changedChat(request: ChatRequest, change: ChangeText): ChatRequest {
  const { system, tools } = request;
  return {
    ...request,
    ...(system !== undefined && { system: change(system) }),
    messages: request.messages.map((message) => changedMessage(message, change)),
    ...(tools && { tools: tools.map((tool) => changedTool(tool, change)) }),
  };
}

function changedCompletion(request: CompletionRequest, change: ChangeText): CompletionRequest {
  const { prompt } = request;
  if (prompt.type === 'raw') return { ...request, prompt: { ...prompt, text: change(prompt.text) } };
  return {
    ...request,
    prompt: {
      ...prompt,
      prefix: change(prompt.prefix),
      suffix: change(prompt.suffix),
      extra: prompt.extra.map(({ filename, text }) => ({ filename: change(filename), text: change(text) })),
    },
  };
}

function changedMessage(message: Message, change: ChangeText): Message {
  switch (message.role) {
    case 'assistant':
      return { ...message, content: message.content.map((part) => changedPart(part, change)) };
    case 'user':
    case 'tool':
      return {
        ...message,
        content: message.content.map((part) => (part.type === 'text' ? { ...part, text: change(part.text) } : part)),
      };
  }
}

function changedPart(part: AssistantPart, change: ChangeText): AssistantPart {
  switch (part.type) {
    case 'opaque':
      return part;
    case 'tool-call':
      return { ...part, arguments: change(part.arguments) };
    case 'reasoning':
      return part.signature === undefined ? { ...part, text: change(part.text) } : part;
    case 'text':
    case 'refusal':
      return { ...part, text: change(part.text) };
  }
}

/** Descriptions only: the names are what the model calls. */
function changedTool(tool: Tool, change: ChangeText): Tool {
  return { ...tool, description: change(tool.description) };
}
