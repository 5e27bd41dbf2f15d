/** What the chat webview draws. Plain JSON; holds no key and nothing a model could make run. */
export interface ChatView {
  readonly chatId: string;
  readonly title: string;
  /** The end of the chat; all of it when it is short. */
  readonly messages: readonly MessageView[];
  /** How many messages come before them; asked for with `need-earlier`. Absent = none. */
  readonly earlier?: number;
  /** A reply is being written. */
  readonly busy: boolean;
  readonly model: ModelView;
  /** For the model list behind the model button. */
  readonly models: readonly ModelView[];
  readonly shelf: ShelfView;
  /** Earlier things the user sent, newest last, for Up in the composer. */
  readonly recall: readonly string[];
  /** Replies side by side to the last message. */
  readonly compare?: CompareView;
  /** What waits for the end of the reply, in the order it will be sent. */
  readonly queue: readonly QueuedView[];
  /** What will go along with the next message. */
  readonly attachments: readonly AttachmentView[];
  /** Files of the workspace that say how models should work here. */
  readonly instructions?: readonly InstructionView[];
  /** How full the model's window is. */
  readonly window?: WindowView;
  /** What may follow a `/` at the beginning of a message, in the order they are shown. */
  readonly commands?: readonly CommandView[];
}

/** One message, answered by several models side by side. */
export interface CompareView {
  readonly columns: readonly MessageView[];
  /** The kind of task, for people, e.g. "code". */
  readonly kind: string;
  /** Without `best` all were equally good. */
  readonly vote?: { readonly best?: string };
  /** Who did how well at tasks of this kind, best first. */
  readonly board: readonly BoardRow[];
}

export interface BoardRow {
  readonly model: string;
  readonly won: number;
  readonly tied: number;
  readonly lost: number;
}

export interface QueuedView {
  readonly id: string;
  readonly text: string;
  /** Names of what goes along. */
  readonly attachments: readonly string[];
  /** Models that will answer it side by side; absent = one alone. */
  readonly compared?: readonly string[];
}

export interface InstructionView {
  /** The file's address. */
  readonly id: string;
  /** As people know it, e.g. "AGENTS.md". */
  readonly name: string;
  /** It is sent along. */
  readonly on: boolean;
  readonly tokens: number;
  /** What is not sent of it and why, or that it has changed since the chat began. */
  readonly note?: string;
}

/** A `/` command of the composer. */
export interface CommandView {
  /** Without the slash. */
  readonly name: string;
  readonly description: string;
  /** What may be written behind it, e.g. "what to look at". */
  readonly hint?: string;
  /** The prompt file it comes from, as people know it; absent = built in. */
  readonly source?: string;
}

/** Tokens that the next request takes, and of how many. */
export interface WindowView {
  readonly used: number;
  /** Shown with ≈: not all of `used` was counted by the provider. */
  readonly estimated: boolean;
  /** Tokens the model can see at once; absent = unknown. */
  readonly size?: number;
  /** Estimates that add up to `used`; `reserve` is kept free for the answer and not in it. */
  readonly parts: Readonly<Record<WindowPart, number>>;
  /** There is something to summarise. */
  readonly canCompact: boolean;
  /** It is nearly full: compacting is offered. */
  readonly offersCompact: boolean;
  readonly compacting: boolean;
  /** Why the last compacting came to nothing. */
  readonly problem?: string;
}

export type WindowPart = 'system' | 'instructions' | 'history' | 'attachments' | 'reserve';

export interface MessageView {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly parts: readonly PartView[];
  readonly state: 'streaming' | 'done' | 'stopped' | 'failed';
  /** Assistant messages name the model that wrote them. */
  readonly model?: string;
  readonly usage?: UsageView;
  readonly error?: ErrorView;
  /** One line each, e.g. "Waiting 4 s, then trying again: too many requests". */
  readonly notices: readonly string[];
  /** Which model Auto took and why, for a line under the reply. */
  readonly auto?: string;
  /** The reply broke off; this model could go on with it. */
  readonly continueWith?: string;
  /** There are others in its place: earlier wordings, or replies of other models. */
  readonly branch?: BranchView;
  /** What the reply refers to, each address once. */
  readonly sources?: readonly SourceView[];
  /** What the user sent along. */
  readonly attachments?: readonly AttachmentView[];
  /** What a command made of what the user typed: what models are sent. */
  readonly expanded?: string;
  /** It stands for so many messages before it, which are not sent any more. */
  readonly summary?: { readonly messages: number; readonly model: string };
}

/** Place among siblings, counted from 1. */
export interface BranchView {
  readonly position: number;
  readonly count: number;
}

export interface SourceView {
  readonly url: string;
  readonly title: string;
}

/** Something that goes, or went, along with a message. */
export interface AttachmentView {
  readonly id: string;
  readonly kind:
    | 'file'
    | 'folder'
    | 'symbol'
    | 'selection'
    | 'problems'
    | 'changes'
    | 'commit'
    | 'terminal'
    | 'page'
    | 'image'
    | 'cell';
  readonly label: string;
  /** Where it can be looked at. */
  readonly uri?: string;
  /** An estimate; absent while it is being read. */
  readonly tokens?: number;
  /** How much of it is shown to the model, e.g. "400 of 1200 lines"; absent = all of it. */
  readonly cut?: string;
  /** Why it does not go along. */
  readonly refused?: string;
  /** It follows the editor: nobody asked for it. */
  readonly byDefault?: true;
}

export type PartView =
  | { readonly type: 'text'; readonly text: string }
  /** `ms`: how long it took; absent while it goes on, or where nobody knows. */
  | { readonly type: 'reasoning'; readonly text: string; readonly ms?: number }
  | { readonly type: 'refusal'; readonly text: string }
  | { readonly type: 'tool-call'; readonly name: string; readonly arguments: string }
  /** A picture that is kept with the chat. */
  | { readonly type: 'image'; readonly mediaType: string; readonly base64: string };

/** Numbers already worded by the host would lose sorting and translation; the webview words these. */
export interface UsageView {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens?: number;
  /** US dollars; absent = price unknown. */
  readonly cost?: number;
  /** Shown with ≈. */
  readonly estimated: boolean;
  readonly firstTokenMs?: number;
  readonly totalMs: number;
}

export interface ErrorView {
  readonly cause: string;
  readonly nextStep: string;
  /** Vendor's words, status, URL and request id, for the "Copy details" button. */
  readonly details: string;
  readonly action?: ErrorAction;
}

/** A command the error offers as a button. */
export interface ErrorAction {
  readonly label: string;
  readonly command:
    | 'addProvider'
    | 'switchModel'
    | 'modelSettings'
    | 'testConnection'
    | 'pullModel'
    | 'allowOverBudget'
    | 'explainAuto'
    | 'compactAndRetry';
}

export interface ModelView {
  readonly ref: string;
  readonly label: string;
  readonly provider: string;
  /** e.g. "128K · $1.25 in · $10 out · images · tools" */
  readonly detail: string;
  /** Why it cannot be chosen just now. */
  readonly unavailable?: string;
  /** It may be chosen all the same, e.g. "has used up its quota until 14:32". */
  readonly held?: string;
  /** Stands for several models: Auto, a chain (`ref` is its JSON), a preset (`ref` is `preset:` and its name). */
  readonly kind?: 'auto' | 'chain' | 'preset';
  /** What it is known to be able to; absent = nothing is known. */
  readonly abilities?: readonly Ability[];
  readonly contextWindow?: number;
  /** US dollars for a million tokens; both 0 = free. */
  readonly price?: { readonly input: number; readonly output: number };
  /** Median time to the first token on this machine, where it was asked before. */
  readonly firstTokenMs?: number;
}

export type Ability = 'images' | 'tools' | 'reasoning' | 'fim';

/** How the user has arranged the list of models: refs, in his order. */
export interface ShelfView {
  readonly pinned: readonly string[];
  readonly hidden: readonly string[];
  /** The last chosen first. */
  readonly recent: readonly string[];
}
