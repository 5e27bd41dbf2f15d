import type {
  AttachmentView,
  ChatView,
  CommandView,
  CompareView,
  InstructionView,
  MessageView,
  ModelView,
  QueuedView,
  ShelfView,
  WindowView,
} from './chat-view.ts';
import type { HistoryTold } from './history-view.ts';
import type { ModelSettingsView } from './model-settings-view.ts';
import type { SuggestionGroup } from './suggestion.ts';

/** Extension host → chat webview. A delta whose `seq` is not the last one plus 1 means a gap: ask for a snapshot. */
export type ToWebview =
  | { readonly type: 'snapshot'; readonly seq: number; readonly view: ChatView }
  | { readonly type: 'delta'; readonly seq: number; readonly delta: Delta }
  /** Puts the cursor into the composer, with this text when given. */
  | { readonly type: 'focus-composer'; readonly text?: string }
  /** Opens the settings of this model; without one, of the model in use. */
  | { readonly type: 'open-settings'; readonly model?: string }
  /** What an open settings panel shows from now on. */
  | { readonly type: 'model-settings'; readonly view: ModelSettingsView }
  /** Of the paths asked for with `find-files`: those that are files of the workspace. */
  | { readonly type: 'files-found'; readonly asked: readonly string[]; readonly found: readonly string[] }
  /** Answers `need-diagrams`: the program that draws them, or why it is not there. */
  | { readonly type: 'diagrams'; readonly script?: string; readonly problem?: string }
  /** The next message is for several models; these are chosen already. */
  | { readonly type: 'choose-compared'; readonly models: readonly string[] }
  /** Answers the `suggest` with this `id`. */
  | { readonly type: 'suggestions'; readonly id: number; readonly groups: readonly SuggestionGroup[] }
  | { readonly type: 'picture'; readonly id: string; readonly mediaType: string; readonly base64: string }
  /** The list of all chats, with this in its search field. */
  | { readonly type: 'open-history'; readonly search: string }
  | { readonly type: 'history'; readonly told: HistoryTold };

export type Delta =
  | { readonly type: 'message-added'; readonly message: MessageView }
  /** Appends to the last part when it has that type, else begins a new part. */
  | {
      readonly type: 'text-appended';
      readonly messageId: string;
      readonly part: 'text' | 'reasoning' | 'refusal';
      readonly text: string;
      /** The reasoning before this is over and took so long. */
      readonly thoughtMs?: number;
    }
  | { readonly type: 'message-changed'; readonly message: MessageView }
  /** This message and all after it are gone (retry). */
  | { readonly type: 'messages-removed-from'; readonly messageId: string }
  /** This message and all after it give way to these (another branch). */
  | { readonly type: 'messages-replaced-from'; readonly messageId: string; readonly messages: readonly MessageView[] }
  /** Without `compare` nothing stands side by side any more. */
  | { readonly type: 'compare'; readonly compare?: CompareView }
  | { readonly type: 'queue'; readonly queue: readonly QueuedView[] }
  /** Answers `need-earlier`: they come right before `before`, and `earlier` more before them. */
  | {
      readonly type: 'earlier-messages';
      readonly before: string;
      readonly messages: readonly MessageView[];
      readonly earlier: number;
    }
  | { readonly type: 'busy'; readonly busy: boolean }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'model'; readonly model: ModelView }
  | { readonly type: 'models'; readonly models: readonly ModelView[] }
  | { readonly type: 'shelf'; readonly shelf: ShelfView }
  | { readonly type: 'recall'; readonly recall: readonly string[] }
  /** Those of the next message. */
  | { readonly type: 'attachments'; readonly attachments: readonly AttachmentView[] }
  | { readonly type: 'instructions'; readonly instructions: readonly InstructionView[] }
  | { readonly type: 'commands'; readonly commands: readonly CommandView[] }
  | { readonly type: 'window'; readonly window: WindowView };
