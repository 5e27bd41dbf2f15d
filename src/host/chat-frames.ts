import * as l10n from '@vscode/l10n';
import { basePrompt } from '../chat/system-prompt.ts';
import { composeInstructions, type InstructionFile } from '../context/instructions.ts';
import type { Ask } from '../gateway/ask.ts';
import type { Model } from '../llm/model.ts';
import type { InstructionFiles } from './instruction-files.ts';

/** What every request of a chat carries besides its messages. */
export interface ChatFrame {
  readonly systemFor: NonNullable<Ask['systemFor']>;
  /** Addresses of the files whose text is in it. */
  readonly files: readonly string[];
}

/** What stands before the messages of all chats of this window: Tutti's words or the user's, then the project's instructions. */
export class ChatFrames {
  readonly #instructions: InstructionFiles;
  /** By chat: the text of each file as it was last sent. */
  readonly #sent = new Map<string, ReadonlyMap<string, string>>();

  constructor(instructions: InstructionFiles) {
    this.#instructions = instructions;
  }

  /** `about`: addresses of the files whose text is in the messages. */
  async of(chatId: string, about: readonly string[]): Promise<ChatFrame> {
    const files = await this.#used(about);
    this.#sent.set(chatId, new Map(files.map(({ uri, text }) => [uri, text])));
    return {
      files: files.map(({ uri }) => uri),
      systemFor: (model, own) => systemOf(files, model, own),
    };
  }

  /** A chat keeps the instructions it began with, unless their files are changed: then the new text counts, and it is said. */
  async changesIn(chatId: string): Promise<readonly string[]> {
    const before = this.#sent.get(chatId);
    if (!before) return [];
    const files = await this.#used([...before.keys()]);
    const changed = files.filter(({ uri, text }) => before.has(uri) && before.get(uri) !== text);
    return changed.map(({ name }) => l10n.t('{0} has changed: from here on the new text counts.', name));
  }

  async #used(about: readonly string[]): Promise<readonly InstructionFile[]> {
    return (await this.#instructions.read(about)).filter(({ uri }) => this.#instructions.isOn(uri));
  }
}

function systemOf(files: readonly InstructionFile[], model: Model, own: string | undefined): string {
  const instructions = composeInstructions(files, model.facts.contextWindow).text;
  return [basePrompt(model.facts, own), instructions].filter((text) => text !== '').join('\n\n');
}
