// Runs in the extension host: which addresses of privacy.test.ts's folder are kept from models, and by whom.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { IgnoreFiles } from '../../../src/host/ignore-files.ts';

export interface HiddenFilesAnswer {
  /** By the name of the case: the reason why no model may see it, or "" where one may. */
  readonly hidden: Readonly<Record<string, string>>;
  readonly localOnly: Readonly<Record<string, string>>;
}

export default async function run(): Promise<HiddenFilesAnswer> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('no folder is open');
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(folder, path);
  const rules = new IgnoreFiles({ ignore: () => ['*.admin'], localOnly: () => ['*.inside'] });

  const notebook = await vscode.workspace.openNotebookDocument(at('private/cells.ipynb'));
  const cell = notebook.getCells()[0]?.document.uri;
  if (!cell) throw new Error('the notebook is empty');
  const cases: Record<string, vscode.Uri> = {
    plain: at('main.ts'),
    environment: at('.env'),
    'named by .tuttiignore': at('private/notes.ts'),
    'named by a nested .tuttiignore': at('packages/one/data/a.ts'),
    'beside a nested .tuttiignore': at('packages/two/data/a.ts'),
    'taken back below': at('packages/one/private/a.ts'),
    'named by the user': at('by-user.ts'),
    'taken back by the workspace': at('taken-back.ts'),
    'named by the workspace': at('by-workspace.ts'),
    'named by an administrator': at('a.admin'),
    'a link to a hidden file': at('linked.ts'),
    'a file in a folder that is a link': at('linked-folder/notes.ts'),
    'not there yet': at('private/new.ts'),
    'a cell of a hidden notebook': cell,
    'an old version of a hidden file': at('private/notes.ts').with({ scheme: 'git', query: '{"ref":"HEAD"}' }),
    'an old version of an environment': at('.env').with({ scheme: 'git', query: '{"ref":"HEAD"}' }),
    'unsaved, by the name of an environment': vscode.Uri.parse('untitled:.env'),
    'unsaved, in a hidden folder': at('private/new.ts').with({ scheme: 'untitled' }),
    'unsaved, without a name': vscode.Uri.parse('untitled:Untitled-1'),
    'elsewhere, a key': vscode.Uri.parse('file:///elsewhere/id_rsa'),
    'elsewhere, plain': vscode.Uri.parse('file:///elsewhere/a.ts'),
    'on a virtual disk, an environment': vscode.Uri.parse('memfs:/project/.env'),
    'on a virtual disk, plain': vscode.Uri.parse('memfs:/project/a.ts'),
    'only for local models': at('ours/plan.ts'),
    'only for local models, by an administrator': at('a.inside'),
    'a link to what is only for local models': at('linked-plan.ts'),
  };
  await symlink('.env', at('linked.ts').fsPath);
  await symlink('private', at('linked-folder').fsPath);
  await symlink('ours/plan.ts', at('linked-plan.ts').fsPath);

  const hidden: Record<string, string> = {};
  const localOnly: Record<string, string> = {};
  for (const [name, uri] of Object.entries(cases)) {
    hidden[name] = (await rules.hiddenBecause(uri)) ?? '';
    localOnly[name] = (await rules.localOnlyBecause(uri)) ?? '';
  }

  // A file that appears is seen, also where VS Code's watchers do not look.
  for (const folderName of ['late', 'unwatched']) {
    const file = at(`${folderName}/a.ts`);
    await mkdir(at(folderName).fsPath, { recursive: true });
    hidden[`${folderName}, before its .tuttiignore`] = (await rules.hiddenBecause(file)) ?? '';
    const changed = Promise.withResolvers<void>();
    const listening = rules.onDidChange(changed.resolve);
    await writeFile(join(at(folderName).fsPath, '.tuttiignore'), '*');
    const reason = await untilHidden(rules, file);
    await changed.promise;
    listening.dispose();
    hidden[`${folderName}, after its .tuttiignore`] = reason;
  }
  rules.dispose();
  return { hidden, localOnly };
}

/** Asked again and again, as for every key that is typed. */
async function untilHidden(rules: IgnoreFiles, uri: vscode.Uri): Promise<string> {
  while (true) {
    const reason = await rules.hiddenBecause(uri);
    if (reason !== undefined) return reason;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
