import type { Request } from '../llm/request.ts';
import type { Ask } from './ask.ts';

/** What the user let through past his budgets: one request each, whichever models of its chain it needs. */
export class Allowances {
  readonly #chats = new Set<string>();
  #anyone = 0;
  readonly #taken = new WeakSet<object>();

  add(chatId: string | undefined): void {
    if (chatId === undefined) this.#anyone++;
    else this.#chats.add(chatId);
  }

  /** Whether the ask may go on; that uses the allowance up. */
  take({ chatId, role, request }: Ask): boolean {
    const identity = identityOf(request);
    if (this.#taken.has(identity)) return true;
    // What is asked for at every key would take it before the user's own request comes.
    if (role === 'completion') return false;
    const isForChat = chatId !== undefined && this.#chats.delete(chatId);
    if (!isForChat && this.#anyone === 0) return false;
    if (!isForChat) this.#anyone--;
    this.#taken.add(identity);
    return true;
  }
}

/** What stays the same when a request is made fit for another model of the chain. */
function identityOf(request: Request): object {
  return request.kind === 'chat' ? request.messages : request.prompt;
}
