/** What the page asks about all kept chats. */
export type HistoryAsk =
  /** `number`: told back with the answer; an answer to an older question is old. `offset` 0 = from the beginning. */
  | {
      readonly kind: 'list';
      readonly number: number;
      readonly search: string;
      readonly workspace?: string;
      readonly offset: number;
    }
  | { readonly kind: 'open'; readonly chatId: string }
  | { readonly kind: 'rename'; readonly chatId: string; readonly title: string }
  | { readonly kind: 'pin'; readonly chatId: string; readonly pinned: boolean }
  /** Out of sight at once, gone for good some seconds later. */
  | { readonly kind: 'delete'; readonly chatId: string }
  | { readonly kind: 'restore'; readonly chatId: string }
  /** Without an id: all chats. */
  | { readonly kind: 'export'; readonly chatId?: string }
  | { readonly kind: 'import' };

export type HistoryTold =
  | { readonly kind: 'page'; readonly number: number; readonly page: HistoryPage }
  /** Something else than this page changed the list. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'failed'; readonly number: number; readonly problem: string };

export interface HistoryPage {
  readonly offset: number;
  readonly items: readonly HistoryItem[];
  /** Of all that match. */
  readonly total: number;
  readonly workspaces: readonly HistoryWorkspace[];
  /** The search did not look through everything. */
  readonly note?: string;
}

export interface HistoryWorkspace {
  readonly path: string;
  readonly chats: number;
}

export interface HistoryItem {
  readonly chatId: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
  readonly pinned: boolean;
  /** It is the one this page shows. */
  readonly current: boolean;
  readonly workspace?: string;
  readonly model?: string;
  readonly messages: number;
  readonly branches: number;
  /** US dollars; absent = no price is known. */
  readonly cost?: number;
  /** Words around what was found. */
  readonly excerpt?: string;
}
