import { createHash } from 'node:crypto';
import type { Request } from '../llm/request.ts';

/** The request with the name of its chat, which tells nobody anything: neither the chat's own id nor who had it. */
export function withCacheKey(request: Request, chatId: string | undefined): Request {
  if (request.kind !== 'chat' || chatId === undefined) return request;
  return { ...request, cacheKey: createHash('sha256').update(`tutti ${chatId}`).digest('hex').slice(0, 32) };
}
