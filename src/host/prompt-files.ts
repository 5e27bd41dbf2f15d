import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import { FileType, Uri, workspace } from 'vscode';
import type { PromptFile } from '../context/prompt-file.ts';
import { type HiddenBecause, isAllowed, isHidden } from './allowed-files.ts';
import { pathOf } from './document-path.ts';

export interface FoundPrompt extends PromptFile {
  readonly uri: string;
  /** As people know it. */
  readonly place: string;
  /** From the user's own folder, not from a repository. */
  readonly isOwn: boolean;
}

export const promptFileEnding = '.prompt.md';

/** More are no list anybody looks through. */
const mostFiles = 200;
const mostCharacters = 100_000;

/** The prompt files of a trusted workspace's folders and of the user's own; of two with one name the user's counts. */
export async function findPromptFiles(hiddenBecause: HiddenBecause): Promise<readonly FoundPrompt[]> {
  const folders = workspace.isTrusted ? (workspace.workspaceFolders ?? []) : [];
  const found = await Promise.all([
    ...ownFolders().map((folder) => promptsIn(Uri.file(folder), hiddenBecause, true)),
    ...folders.map(({ uri }) => promptsIn(Uri.joinPath(uri, '.github/prompts'), hiddenBecause, false)),
  ]);
  const byName = new Map<string, FoundPrompt>();
  for (const prompt of found.flat()) if (!byName.has(prompt.name)) byName.set(prompt.name, prompt);
  return [...byName.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/** Read from the user's settings alone: a repository may not name folders of this machine. */
function ownFolders(): readonly string[] {
  const setting: unknown = workspace.getConfiguration('tutti.chat').inspect('promptFolders')?.globalValue;
  const folders = Array.isArray(setting) ? setting.filter((folder) => typeof folder === 'string') : [];
  return folders.map((folder) => folder.replace(/^~(?=$|[\\/])/, homedir())).filter(isAbsolute);
}

async function promptsIn(folder: Uri, hiddenBecause: HiddenBecause, isOwn: boolean): Promise<readonly FoundPrompt[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(promptFileEnding)).slice(0, mostFiles);
  if (names.length === 0) return [];
  const { readPromptFile } = await import('../context/prompt-file.ts');
  const read = names.map(async (name): Promise<readonly FoundPrompt[]> => {
    const uri = Uri.joinPath(folder, name);
    try {
      const hidden = isOwn ? await isHidden(uri, hiddenBecause) : !(await isAllowed(uri, hiddenBecause, 'workspace'));
      if (hidden) return [];
      const text = await textOf(uri);
      const place = isOwn ? uri.fsPath : pathOf(uri);
      return [{ ...readPromptFile(name, text.slice(0, mostCharacters)), uri: uri.toString(), place, isOwn }];
    } catch {
      // Gone, or unreadable: there is no such command then.
      return [];
    }
  });
  return (await Promise.all(read)).flat();
}

async function namesIn(folder: Uri): Promise<readonly string[]> {
  try {
    if (folder.scheme === 'file') return await readdir(folder.fsPath);
    const entries = await workspace.fs.readDirectory(folder);
    return entries.flatMap(([name, type]) => ((type & FileType.File) > 0 ? [name] : []));
  } catch {
    return [];
  }
}

async function textOf(uri: Uri): Promise<string> {
  if (uri.scheme === 'file') return readFile(uri.fsPath, 'utf8');
  return new TextDecoder().decode(await workspace.fs.readFile(uri));
}
