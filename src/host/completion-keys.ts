import { commands, type Position, type TextDocument, workspace } from 'vscode';

/** A suggestion seen for so long is one that Tab is meant for. */
const momentMs = 300;

/**
 * Tells keybindings what Escape and Tab are for just now: `tutti.suggests` while the ghost text is Tutti's,
 * `tutti.tabIndents` while Tab at a line's beginning belongs to the indentation (tutti.completion.tabInIndentation).
 */
export class CompletionKeys {
  readonly #set = new Map<string, boolean>();
  #shownId: number | undefined;
  #shownAt = 0;
  #byHand = false;
  #moment: NodeJS.Timeout | undefined;

  /** Called before the editor gets the suggestion, so that no key is faster. `byHand`: asked for by key or command. */
  shown(id: number, document: TextDocument, position: Position, byHand: boolean): void {
    if (id !== this.#shownId) this.#shownAt = performance.now();
    // Once asked for, a suggestion is wanted, also when it has grown.
    this.#byHand = byHand || (this.#byHand && id === this.#shownId);
    this.#shownId = id;
    clearTimeout(this.#moment);
    const leftMs = this.#byHand || !inIndentation(document, position) ? 0 : this.#leftMs(document);
    this.#tell('tutti.tabIndents', leftMs > 0);
    this.#tell('tutti.suggests', true);
    if (leftMs > 0 && leftMs !== Number.POSITIVE_INFINITY)
      this.#moment = setTimeout(() => this.#tell('tutti.tabIndents', false), leftMs);
  }

  /** There is nothing to show. */
  gone(): void {
    clearTimeout(this.#moment);
    this.#shownId = undefined;
    this.#tell('tutti.tabIndents', false);
    this.#tell('tutti.suggests', false);
  }

  dispose(): void {
    this.gone();
  }

  /** How long Tab still indents. */
  #leftMs(document: TextDocument): number {
    const wish = workspace.getConfiguration('tutti.completion', document).get<unknown>('tabInIndentation');
    if (wish === 'indent') return Number.POSITIVE_INFINITY;
    return wish === 'accept' ? 0 : this.#shownAt + momentMs - performance.now();
  }

  #tell(key: string, value: boolean): void {
    if ((this.#set.get(key) ?? false) === value) return;
    this.#set.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }
}

const inIndentation = (document: TextDocument, { line, character }: Position): boolean =>
  document.lineAt(line).firstNonWhitespaceCharacterIndex >= character;
