import type { Request } from '../llm/request.ts';
import { estimateUsage } from './estimate-usage.ts';
import type { Role } from './roles.ts';

/** What a request asks of whoever is to answer it. */
export interface Needs {
  readonly kind: 'chat' | 'completion';
  readonly inputTokens: number;
  /** A guess: nobody knows how long a reply will be. */
  readonly outputTokens: number;
  readonly images: boolean;
  readonly tools: boolean;
  /** VS Code's language id, where one is at hand. */
  readonly language?: string;
}

const usualOutput: Readonly<Record<Role, number>> = {
  chat: 800,
  agent: 1500,
  edit: 800,
  commit: 150,
  utility: 200,
  completion: 60,
};
const tokensOfImage = 1500;

/** What can be told of a request without asking anybody. */
export function needsOf(request: Request, role: Role, language?: string): Needs {
  const kind = role === 'completion' ? 'completion' : 'chat';
  const images = request.kind === 'chat' ? imagesIn(request.messages) : 0;
  const empty = { message: { role: 'assistant', content: [], model: 'none/none', protocol: 'openai-chat' } } as const;
  const outputTokens = Math.min(usualOutput[role], request.parameters.maxOutputTokens ?? usualOutput[role]);
  return {
    kind,
    inputTokens: estimateUsage(request, empty).input + images * tokensOfImage,
    outputTokens,
    images: images > 0,
    tools: request.kind === 'chat' && request.tools !== undefined && request.tools.length > 0,
    ...(language !== undefined && { language }),
  };
}

function imagesIn(messages: Extract<Request, { kind: 'chat' }>['messages']): number {
  return messages.reduce((sum, { content }) => {
    const parts: readonly { readonly type: string }[] = content;
    return sum + parts.filter(({ type }) => type === 'image').length;
  }, 0);
}
