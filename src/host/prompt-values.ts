import { basename, dirname, extname } from 'node:path';
import * as l10n from '@vscode/l10n';
import { type TextEditor, type Uri, window, workspace } from 'vscode';
import type { PromptInput, PromptVariable } from '../context/prompt-variables.ts';
import { type HiddenBecause, isAllowed } from './allowed-files.ts';
import { fileOf, pathOf } from './document-path.ts';

export interface PromptValues {
  readonly values: Readonly<Partial<Record<PromptVariable, string>>>;
  /** Addresses of the files whose text is in them. */
  readonly files: readonly string[];
}

/** What the variables of a prompt stand for just now. The text of a file no model may see is none of them. */
export async function promptValues(
  variables: readonly PromptVariable[],
  hiddenBecause: HiddenBecause,
): Promise<PromptValues> {
  if (variables.length === 0) return { values: {}, files: [] };
  const editor = window.activeTextEditor ?? window.visibleTextEditors[0];
  const folder = (editor && workspace.getWorkspaceFolder(editor.document.uri)) ?? workspace.workspaceFolders?.[0];
  const asksForText = variables.includes('selection') || variables.includes('selectedText');
  const selected = editor && asksForText ? await selectedText(editor, hiddenBecause) : undefined;
  return {
    values: {
      ...(editor && ofFile(fileOf(editor.document.uri))),
      ...(folder && { workspaceFolder: folder.uri.fsPath, workspaceFolderBasename: folder.name }),
      ...(selected !== undefined && { selection: selected, selectedText: selected }),
    },
    files: selected === undefined || !editor ? [] : [editor.document.uri.toString()],
  };
}

function ofFile(uri: Uri): PromptValues['values'] {
  const file = uri.fsPath;
  return {
    file,
    relativeFile: pathOf(uri),
    fileBasename: basename(file),
    fileBasenameNoExtension: basename(file, extname(file)),
    fileDirname: dirname(file),
  };
}

async function selectedText(
  { document, selection }: TextEditor,
  hiddenBecause: HiddenBecause,
): Promise<string | undefined> {
  if (selection.isEmpty || !(await isAllowed(document.uri, hiddenBecause, 'anywhere'))) return undefined;
  return document.getText(selection);
}

/** Asks for what was not written behind the command; undefined = the user has thought better of it. */
export async function askForInputs(
  command: string,
  inputs: readonly PromptInput[],
  given: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string> | undefined> {
  const values = new Map(given);
  for (const { name, placeholder } of inputs) {
    if (values.has(name)) continue;
    const value = await window.showInputBox({
      title: l10n.t('/{0}: {1}', command, name),
      ignoreFocusOut: true,
      ...(placeholder !== undefined && { placeHolder: placeholder }),
    });
    if (value === undefined) return undefined;
    values.set(name, value);
  }
  return values;
}
