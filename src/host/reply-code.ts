import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { inside } from './chat-links.ts';

/** What models write after a fence where VS Code has another id. */
const languageIds: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  cs: 'csharp',
  'c++': 'cpp',
  docker: 'dockerfile',
  golang: 'go',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  make: 'makefile',
  md: 'markdown',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
  zsh: 'shellscript',
};

/** Shows code as a file that is not saved; where the model named a place in the workspace that is free, for that place. */
export async function openAsNewFile(code: {
  readonly text: string;
  readonly language: string;
  readonly path?: string;
}): Promise<void> {
  const free = code.path === undefined ? undefined : await freePlace(code.path);
  if (free === undefined) {
    const language = await languageId(code.language);
    const document = await vscode.workspace.openTextDocument({ content: code.text, ...(language && { language }) });
    await vscode.window.showTextDocument(document);
    return;
  }
  const document = await vscode.workspace.openTextDocument(free.with({ scheme: 'untitled' }));
  const editor = await vscode.window.showTextDocument(document);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), code.text));
}

async function freePlace(path: string): Promise<vscode.Uri | undefined> {
  const uri = vscode.workspace.workspaceFolders?.flatMap((folder) => inside(folder.uri, path))[0];
  if (uri === undefined) return undefined;
  try {
    await vscode.workspace.fs.stat(uri);
    return undefined;
  } catch {
    return uri;
  }
}

async function languageId(name: string): Promise<string | undefined> {
  const id = languageIds[name.toLowerCase()] ?? name.toLowerCase();
  return (await vscode.languages.getLanguages()).includes(id) ? id : undefined;
}

const terminalName = 'Tutti';

/** Types the commands into a terminal of our own, once the user has read them and agreed. */
export async function runInTerminal(text: string): Promise<void> {
  const commands = commandsIn(text);
  if (commands === '') return;
  const run = l10n.t('Run');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Run this in the terminal?'),
    { modal: true, detail: commands },
    run,
  );
  if (answer !== run) return;
  const ours = vscode.window.terminals.find(({ name, exitStatus }) => name === terminalName && !exitStatus);
  const terminal = ours ?? vscode.window.createTerminal(terminalName);
  terminal.show(true);
  terminal.sendText(commands, true);
}

/** Of a session with prompts the commands alone; of anything else all of it. Control characters would type themselves. */
function commandsIn(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const lines = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').split('\n');
  const prompted = lines.filter((line) => /^\s*\$ /.test(line)).map((line) => line.replace(/^\s*\$ /, ''));
  return (prompted.length > 0 ? prompted : lines).join('\n').trim();
}
