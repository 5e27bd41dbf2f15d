import type { ErrorAction } from './chat-view.ts';
import type { HistoryAsk } from './history-view.ts';
import type { SettingName, SettingValue } from './model-settings-view.ts';
import type { SuggestTrigger } from './suggestion.ts';

/** `best` without a reply: all were equally good. */
export type ComparedAction = 'stop' | 'best' | 'continue';

export type QueuedAction = 'remove' | 'edit' | 'send';

/** Chat webview → extension host. The host trusts none of it: every field is checked on arrival. */
export type FromWebview =
  /** The page is drawn and empty, or has seen a gap. */
  | { readonly type: 'need-snapshot' }
  /** The keyboard is in the page now. */
  | { readonly type: 'focused' }
  /** The reader comes to the first message there is, `before`. */
  | { readonly type: 'need-earlier'; readonly before: string }
  | { readonly type: 'send'; readonly text: string }
  /** What can be put where the cursor is, behind `@` or `/`; answered by `suggestions` with the same `id`. */
  | { readonly type: 'suggest'; readonly id: number; readonly trigger: SuggestTrigger; readonly query: string }
  /** A suggestion's `attach` was chosen. */
  | { readonly type: 'attach'; readonly mention: string }
  /** Files and folders were dropped. */
  | { readonly type: 'attach-uris'; readonly uris: readonly string[] }
  /** A picture was pasted or dropped. */
  | { readonly type: 'attach-image'; readonly name: string; readonly mediaType: string; readonly base64: string }
  | { readonly type: 'detach'; readonly id: string }
  /** Answered by `picture`, where the attachment of that id is one. */
  | { readonly type: 'need-picture'; readonly id: string }
  /** Of the next message, or of `messageId`. */
  | { readonly type: 'open-attachment'; readonly id: string; readonly messageId?: string }
  | { readonly type: 'stop' }
  /** Puts a summary in the place of all that was said; `messageId`: a reply that did not fit, to be asked for again. */
  | { readonly type: 'compact'; readonly messageId?: string }
  /** `id` of an instruction file: from now on it is sent along, or is not. */
  | { readonly type: 'use-instruction'; readonly id: string; readonly on: boolean }
  | { readonly type: 'open-instruction'; readonly id: string }
  /** Asks again, this once of `model` where given; the old reply stays beside the new one. */
  | { readonly type: 'retry'; readonly messageId: string; readonly model?: string }
  /** Says an earlier message in other words; the old one stays beside the new one. */
  | { readonly type: 'edit'; readonly messageId: string; readonly text: string }
  /** Asks several models at once, side by side. */
  | { readonly type: 'compare'; readonly text: string; readonly models: readonly string[] }
  /** What to do with a reply of them, or with all where it says none. */
  | { readonly type: 'compared'; readonly action: ComparedAction; readonly messageId?: string }
  /** Begins a chat of its own that holds all up to here. */
  | { readonly type: 'fork'; readonly messageId: string }
  | { readonly type: 'switch-branch'; readonly messageId: string; readonly step: -1 | 1 }
  /** What to do with a message that waits: throw it away, put it back into the composer, or send it now. */
  | { readonly type: 'queued'; readonly id: string; readonly action: QueuedAction }
  /** Lets the offered model go on where a reply broke off. */
  | { readonly type: 'continue-with'; readonly messageId: string }
  | { readonly type: 'select-model'; readonly ref: string }
  /** The model list is being opened: have it fresh. */
  | { readonly type: 'refresh-models' }
  /** Arranges the list of models. */
  | { readonly type: 'pin-model'; readonly ref: string; readonly on: boolean }
  | { readonly type: 'hide-model'; readonly ref: string; readonly on: boolean }
  /** A pinned model goes before or behind its neighbour. */
  | { readonly type: 'move-pin'; readonly ref: string; readonly by: -1 | 1 }
  /** The settings panel is open: have it fresh until it is closed. Without a model: the one in use. */
  | { readonly type: 'open-model-settings'; readonly model?: string }
  | { readonly type: 'close-model-settings' }
  | {
      readonly type: 'change-setting';
      readonly model: string;
      readonly name: SettingName;
      readonly value: SettingValue;
    }
  /** Nothing of the user's own is left for the model. */
  | { readonly type: 'reset-settings'; readonly model: string }
  /** One of the things learned about a model: try it again. */
  | { readonly type: 'undo-lesson'; readonly model: string; readonly id: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'insert-code'; readonly text: string }
  /** Puts code of the reply `messageId` into the file it is meant for. */
  | { readonly type: 'apply-code'; readonly text: string; readonly path?: string; readonly messageId?: string }
  | { readonly type: 'open-link'; readonly url: string }
  /** About all kept chats. */
  | { readonly type: 'history'; readonly ask: HistoryAsk }
  /** Which of these are files of the workspace? Answered by `files-found`. */
  | { readonly type: 'find-files'; readonly paths: readonly string[] }
  /** Lines and columns count from 1. */
  | { readonly type: 'open-file'; readonly path: string; readonly line?: number; readonly column?: number }
  | { readonly type: 'open-symbol'; readonly name: string }
  /** Code of a reply as a file that is not saved yet; `path` as the model named it. */
  | { readonly type: 'new-file'; readonly text: string; readonly language: string; readonly path?: string }
  /** Asked before it runs. */
  | { readonly type: 'run-in-terminal'; readonly text: string }
  | { readonly type: 'need-diagrams' }
  /** `messageId`: the reply that failed, where the button stands under one. */
  | { readonly type: 'error-action'; readonly command: ErrorAction['command']; readonly messageId?: string };
