import { EndOfLine, Range, type TextDocument, window, workspace } from 'vscode';
import type { CompletionDocument, Indentation } from '../completion/document.ts';
import { pathOf } from './document-path.ts';

/** The editor's document as the engine reads it: only pieces, and only when asked for. */
export function completionDocument(document: TextDocument): CompletionDocument {
  return {
    uri: document.uri.toString(),
    path: pathOf(document.uri),
    languageId: document.languageId,
    eol: document.eol === EndOfLine.CRLF ? '\r\n' : '\n',
    ...indentationOf(document),
    readOnly: workspace.fs.isWritableFileSystem(document.uri.scheme) === false,
    get length() {
      return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
    },
    text: (start, end) => document.getText(new Range(document.positionAt(start), document.positionAt(end))),
  };
}

function indentationOf(document: TextDocument): { readonly indentation?: Indentation } {
  const options = window.visibleTextEditors.find((editor) => editor.document === document)?.options;
  if (typeof options?.tabSize !== 'number' || typeof options.insertSpaces !== 'boolean') return {};
  return { indentation: { tabSize: options.tabSize, insertSpaces: options.insertSpaces } };
}
