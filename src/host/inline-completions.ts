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
  window,
  workspace,
} from 'vscode';
import type { CompletionQuery, Suggestion } from '../completion/document.ts';
import type { CompletionEngine } from '../completion/engine.ts';
import { completionDocument } from './completion-document.ts';

/** Where people write. Not the editor's own inputs: a chat box is no file. */
const schemes = [
  ...['file', 'untitled', 'vscode-remote', 'vscode-notebook-cell', 'vscode-vfs', 'vscode-userdata', 'vscode-scm'],
  ...['vscode-local', 'vscode-test-web', 'memfs', 'ssh', 'sftp', 'ftp', 'wsl', 'docker', 'github', 'azurerepos'],
];

/** Runs after the editor has put a suggestion into the file; the only sign of it that stable API gives. */
const acceptedCommand = 'tutti.completionAccepted';

/** Lets the editor ask the engine for ghost text, and tells the engine what happens in the editor. */
export function registerInlineCompletions(engine: CompletionEngine): Disposable {
  const refresh = new Refresh();
  return Disposable.from(
    languages.registerInlineCompletionItemProvider(
      schemes.map((scheme) => ({ scheme })),
      {
        provideInlineCompletionItems: (document, position, context, token) =>
          provide(engine, document, queryOf(document, position, context, refresh.isFor(document)), token),
      },
    ),
    engine.onDidGetMore((uri) => refresh.show(uri)),
    window.onDidChangeTextEditorSelection(({ textEditor: { document, selection } }) => {
      engine.cursorMoved(document.uri.toString(), document.offsetAt(selection.active));
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

/** Answers at once where the engine does: a promise would cost a turn. */
function provide(
  engine: CompletionEngine,
  document: TextDocument,
  query: CompletionQuery,
  token: CancellationToken,
): InlineCompletionItem[] | Promise<InlineCompletionItem[]> {
  const controller = new AbortController();
  const answer = engine.provide(completionDocument(document), query, controller.signal);
  if (!(answer instanceof Promise)) return itemsOf(document, query.offset, answer);
  const listener = token.onCancellationRequested(() => controller.abort());
  return answer
    .then((suggestion) => (token.isCancellationRequested ? [] : itemsOf(document, query.offset, suggestion)))
    .finally(() => listener.dispose());
}

/** Has the editor ask again for the text it shows. Only by the user's own command can that be done. */
class Refresh {
  #uri: string | undefined;

  /** Does the editor ask because of it, and not because of the user? */
  isFor(document: TextDocument): boolean {
    return this.#uri === document.uri.toString();
  }

  show(uri: string): void {
    if (window.activeTextEditor?.document.uri.toString() !== uri) return;
    this.#uri = uri;
    const done = (): void => {
      this.#uri = undefined;
    };
    commands.executeCommand('editor.action.inlineSuggest.trigger').then(done, done);
  }
}

function queryOf(
  document: TextDocument,
  position: Position,
  context: InlineCompletionContext,
  isRefresh: boolean,
): CompletionQuery {
  const { triggerKind, selectedCompletionInfo } = context;
  const editor = window.activeTextEditor;
  return {
    offset: document.offsetAt(position),
    trigger: triggerKind === InlineCompletionTriggerKind.Invoke && !isRefresh ? 'invoke' : 'automatic',
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

function itemsOf(document: TextDocument, offset: number, suggestion: Suggestion | undefined): InlineCompletionItem[] {
  if (!suggestion) return [];
  const range = new Range(
    document.positionAt(offset - suggestion.replaceBefore),
    document.positionAt(offset + suggestion.replaceAfter),
  );
  const command = { command: acceptedCommand, title: 'Tutti: Suggestion Accepted', arguments: [suggestion.id] };
  return [new InlineCompletionItem(suggestion.text, range, command)];
}
