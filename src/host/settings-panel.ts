import type { Ask } from '../gateway/ask.ts';
import { isModelRef, type ModelRef } from '../llm/model-ref.ts';
import type { FromWebview } from '../protocol/from-webview.ts';
import type { ModelSettingsView } from '../protocol/model-settings-view.ts';
import type { KeptLesson, Lessons } from '../store/lessons.ts';
import { messageOf } from '../util/message-of.ts';
import type { UserSettings } from './user-settings.ts';

export interface SettingsPanelPorts {
  readonly settings: UserSettings;
  /** The settings of a model, with what `ask` would send. */
  readonly settingsOf: (ref: ModelRef, lessons: readonly KeptLesson[], ask: Ask) => Promise<ModelSettingsView>;
  readonly lessons: Lessons;
  readonly report: (problem: string) => void;
}

/** The chat beside which the panel stands. */
export interface SettingsPanelChat {
  readonly currentModel: () => Promise<ModelRef | undefined>;
  /** What the chat would ask if this were its first message. */
  readonly askFirst: (text: string) => Promise<Ask>;
  readonly show: (view: ModelSettingsView) => void;
}

export type SettingsMessage = Extract<
  FromWebview,
  { type: 'open-model-settings' | 'close-model-settings' | 'change-setting' | 'reset-settings' | 'undo-lesson' }
>;

/** What the preview of a request asks. */
const sampleText = 'Hello!';

/** The panel with a model's settings beside a chat: which model it shows, and what the page asks of it. */
export class SettingsPanel {
  readonly #ports: SettingsPanelPorts;
  readonly #chat: SettingsPanelChat;
  /** Whose settings are open; null = those of the model in use. */
  #open: ModelRef | null | undefined;
  #looks = 0;

  constructor(ports: SettingsPanelPorts, chat: SettingsPanelChat) {
    this.#ports = ports;
    this.#chat = chat;
  }

  async receive(message: SettingsMessage): Promise<void> {
    const { settings, lessons } = this.#ports;
    switch (message.type) {
      case 'open-model-settings':
        this.#open = isModelRef(message.model) ? message.model : null;
        return this.refresh();
      case 'close-model-settings':
        return this.close();
      case 'change-setting':
        return settings.setOfModel(message.model, message.name, message.value);
      case 'reset-settings':
        return settings.set('models', message.model, undefined);
      case 'undo-lesson':
        if (isModelRef(message.model)) await lessons.forget(message.model, message.id);
        return this.refresh();
    }
  }

  close(): void {
    this.#open = undefined;
  }

  /** Where it is open, shows what is so now. What it shows as sent is what this chat would send with its first message. */
  async refresh(): Promise<void> {
    if (this.#open === undefined) return;
    const looked = ++this.#looks;
    const ref = this.#open ?? (await this.#chat.currentModel());
    if (ref === undefined) return;
    const ask = await this.#chat.askFirst(sampleText);
    const view = await this.#ports.settingsOf(ref, await this.#lessonsOf(ref), ask);
    // A later look may have been the faster one.
    if (looked === this.#looks && this.#open !== undefined) this.#chat.show(view);
  }

  /** Without a database there are still settings. */
  async #lessonsOf(ref: ModelRef): Promise<readonly KeptLesson[]> {
    try {
      return await this.#ports.lessons.of(ref);
    } catch (error) {
      this.#ports.report(`What was learned about ${ref} cannot be read: ${messageOf(error)}`);
      return [];
    }
  }
}
