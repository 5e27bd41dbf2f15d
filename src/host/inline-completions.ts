import {
  type CancellationToken,
  commands,
  Disposable,
  type InlineCompletionContext,
  InlineCompletionItem,
  InlineCompletionTriggerKind,
  languages,
  type Position,
  Range,
  type TextDocument,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import type { CompletionQuery, Suggestion } from '../completion/document.ts';
import type { CompletionEngine } from '../completion/engine.ts';
import { completionDocument } from './completion-document.ts';
import type { CompletionKeys } from './completion-keys.ts';

/** Where people write. Not the editor's own inputs: a chat box is no file. */
export const completionSelector = [
  ...['file', 'untitled', 'vscode-remote', 'vscode-notebook-cell', 'vscode-vfs', 'vscode-userdata', 'vscode-scm'],
  ...['vscode-local', 'vscode-test-web', 'memfs', 'ssh', 'sftp', 'ftp', 'wsl', 'docker', 'github', 'azurerepos'],
].map((scheme) => ({ scheme }));

/** Runs after the editor has put a suggestion into the file; the only sign of it that stable API gives. */
const acceptedCommand = 'tutti.completionAccepted';

/** As the editor names the providers of this extension. */
const ownProviders = 'tutti.tutti:*';

/** Lets the editor ask the engine for ghost text, and tells the engine what happens in the editor. */
export function registerInlineCompletions(engine: CompletionEngine, keys: CompletionKeys): Disposable {
  const provider = new RenewableProvider(engine, keys);
  return Disposable.from(
    provider,
    engine.onDidGetMore((uri) => {
      if (window.activeTextEditor?.document.uri.toString() === uri) provider.renew();
    }),
    // Typing moves the cursors of other editors of the document, too; an output panel moves its own.
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor !== window.activeTextEditor) return;
      tellCursor(engine, textEditor);
      const { document, selection, selections } = textEditor;
      if (!selection.isEmpty) return;
      const offset = document.offsetAt(selection.active);
      engine.typed(completionDocument(document), { offset, trigger: 'automatic', cursors: selections.length });
    }),
    window.onDidChangeActiveTextEditor((editor) => {
      if (editor) tellCursor(engine, editor);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
        offset: rangeOffset,
        removedLength: rangeLength,
        insertedText: text,
      }));
      engine.documentChanged(document.uri.toString(), changes);
    }),
    workspace.onDidCloseTextDocument((document) => engine.documentClosed(document.uri.toString())),
    commands.registerCommand(acceptedCommand, (id: unknown) => {
      if (typeof id === 'number') engine.accepted(id);
    }),
  );
}

function tellCursor(engine: CompletionEngine, { document, selection }: TextEditor): void {
  engine.cursorMoved(document.uri.toString(), document.offsetAt(selection.active));
}

/**
 * The editor asks a provider once for a place and keeps the answer. A provider it has not asked yet it asks again, and shows the
 * old text until the new one is there: so a suggestion grows without a flicker.
 */
class RenewableProvider implements Disposable {
  readonly #engine: CompletionEngine;
  readonly #keys: CompletionKeys;
  #registration: Disposable;

  constructor(engine: CompletionEngine, keys: CompletionKeys) {
    this.#engine = engine;
    this.#keys = keys;
    this.#registration = this.#register();
  }

  renew(): void {
    const before = this.#registration;
    this.#registration = this.#register();
    before.dispose();
    const asked = { providerId: ownProviders, explicit: false };
    // An editor that does not understand this shows the whole text with the next key.
    commands.executeCommand('editor.action.inlineSuggest.trigger', asked).then(undefined, () => undefined);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #register(): Disposable {
    return languages.registerInlineCompletionItemProvider(completionSelector, {
      provideInlineCompletionItems: (...asked) => provide(this.#engine, this.#keys, ...asked),
    });
  }
}

/** Answers at once where the engine does: a promise would cost a turn. */
function provide(
  engine: CompletionEngine,
  keys: CompletionKeys,
  document: TextDocument,
  position: Position,
  context: InlineCompletionContext,
  token: CancellationToken,
): InlineCompletionItem[] | Promise<InlineCompletionItem[]> {
  const controller = new AbortController();
  const query = queryOf(document, position, context);
  const answer = engine.provide(completionDocument(document), query, controller.signal);
  if (!(answer instanceof Promise)) return itemsOf(keys, document, query, answer);
  const listener = token.onCancellationRequested(() => controller.abort());
  return answer
    .then((suggestion) => (token.isCancellationRequested ? [] : itemsOf(keys, document, query, suggestion)))
    .finally(() => listener.dispose());
}

function queryOf(document: TextDocument, position: Position, context: InlineCompletionContext): CompletionQuery {
  const { triggerKind, selectedCompletionInfo } = context;
  const editor = window.activeTextEditor;
  return {
    offset: document.offsetAt(position),
    trigger: triggerKind === InlineCompletionTriggerKind.Invoke ? 'invoke' : 'automatic',
    cursors: editor?.document === document ? editor.selections.length : 1,
    ...(selectedCompletionInfo && {
      selected: {
        start: document.offsetAt(selectedCompletionInfo.range.start),
        end: document.offsetAt(selectedCompletionInfo.range.end),
        text: selectedCompletionInfo.text,
      },
    }),
  };
}

function itemsOf(
  keys: CompletionKeys,
  document: TextDocument,
  { offset, trigger }: CompletionQuery,
  suggestion: Suggestion | undefined,
): InlineCompletionItem[] {
  if (!suggestion || suggestion.heldBack) keys.gone();
  else keys.shown(suggestion.id, document, document.positionAt(offset), trigger === 'invoke');
  if (!suggestion) return [];
  const range = new Range(
    document.positionAt(offset - suggestion.replaceBefore),
    document.positionAt(offset + suggestion.replaceAfter),
  );
  const command = { command: acceptedCommand, title: 'Tutti: Suggestion Accepted', arguments: [suggestion.id] };
  return [new InlineCompletionItem(suggestion.text, range, command)];
}
