// Runs in the extension host: which files of several workspace folders, one inside another, are kept from models.
import * as vscode from 'vscode';
import { IgnoreFiles } from '../../../src/host/ignore-files.ts';

/** By path from the folder that holds all: the reason, or "" where a model may see it. */
export type HiddenRootsAnswer = Readonly<Record<string, string>>;

export const paths = [
  ...['one/a.ts', 'one/a.dat', 'one/a.csv', 'one/closed/a.ts', 'one/inner/closed/a.ts', 'one/inner/a.own'],
  ...['two/a.ts', 'two/a.dat', 'two/a.csv', 'two/closed/a.ts', 'two/.env'],
] as const;

export default async function run(): Promise<HiddenRootsAnswer> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length !== 3 || !folders[0]) throw new Error(`${folders.length} folders are open`);
  const all = vscode.Uri.joinPath(folders[0].uri, '..');
  const rules = new IgnoreFiles();
  const answer: Record<string, string> = {};
  for (const path of paths) answer[path] = (await rules.hiddenBecause(vscode.Uri.joinPath(all, path))) ?? '';
  rules.dispose();
  return answer;
}
