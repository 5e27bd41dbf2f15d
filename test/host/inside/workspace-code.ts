// Runs in the extension host: what the editor's knowledge of the code around says, for the folder of context.test.ts.
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Definition, NotebookCell, SourceFile } from '../../../src/context/ports.ts';
import { IgnoreFiles } from '../../../src/host/ignore-files.ts';
import { EditorCode } from '../../../src/host/workspace-code.ts';

export interface WorkspaceCodeAnswer {
  readonly recent: readonly SourceFile[];
  readonly afterEdit: readonly SourceFile[];
  readonly sameObjects: boolean;
  readonly imported: SourceFile | undefined;
  /** What came of each candidate that no model may see. */
  readonly refused: Readonly<Record<string, SourceFile | undefined>>;
  readonly definitions: readonly Definition[];
  readonly afterChangeOnDisk: readonly Definition[];
  readonly hover: readonly Definition[];
  readonly late: Late;
  readonly cells: { readonly before: readonly NotebookCell[]; readonly after: readonly NotebookCell[] };
  readonly hiddenCells: number;
  readonly afterHiding: readonly SourceFile[];
  readonly openEditors: readonly string[];
}

/** A provider that answers after the signal: what was known by then, who was told of it, and what was known afterwards. */
interface Late {
  readonly inTime: readonly Definition[];
  readonly told: boolean;
  readonly afterwards: readonly Definition[];
}

export default async function run(): Promise<WorkspaceCodeAnswer> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('no folder is open');
  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(folder, path);
  const ignore = new IgnoreFiles();
  const foundLate: string[] = [];
  const code = new EditorCode(
    (uri) => ignore.hiddenBecause(uri),
    (uri) => foundLate.push(uri),
  );
  const show = async (path: string): Promise<vscode.TextEditor> =>
    vscode.window.showTextDocument(await vscode.workspace.openTextDocument(at(path)), { preview: false });

  for (const path of ['.env', 'private/notes.ts', 'by-setting.ts', 'open.ts', 'long.ts', 'main.ts']) await show(path);
  const main = await show('main.ts');
  const uri = main.document.uri.toString();
  const recent = await code.recentFiles(uri);
  const again = await code.recentFiles(uri);

  const edit = new vscode.WorkspaceEdit();
  edit.insert(at('open.ts'), new vscode.Position(0, 0), 'const typed = 1;\n');
  await vscode.workspace.applyEdit(edit);

  const refused: Record<string, SourceFile | undefined> = {};
  for (const path of ['./.env', './private/notes.ts', './by-setting.ts', './linked.ts', '../outside.ts', './none.ts'])
    refused[path] = await code.fileAt(uri, [path]);

  const imported = await code.fileAt(uri, ['./lib/price', './lib/price.tsx', './lib/price.ts']);

  const offset = main.document.getText().indexOf('cursor');
  const define = (names: readonly string[], ms = 20_000): Promise<readonly Definition[]> =>
    code.definitionsOf(uri, offset, names, AbortSignal.timeout(ms));
  const names = ['priceOf', 'user', 'secretValue', 'hiddenBySetting', 'repeat', 'nowhere'];
  const definitions = await until(
    () => define(names),
    (all) => all.some(({ name }) => name === 'priceOf'),
  );

  const priced = at('lib/price.ts');
  const before = new TextDecoder().decode(await vscode.workspace.fs.readFile(priced));
  await vscode.workspace.fs.writeFile(priced, new TextEncoder().encode(before.replace('rate', 'newRate')));
  const afterChangeOnDisk = await until(
    () => define(['priceOf']),
    ([first]) => first?.text.includes('newRate') === true,
  );

  const cells = await notebookCells(code, at('cells.ipynb'));
  const hidden = await notebookCells(code, at('private/cells.ipynb'));
  const openEditors = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

  const afterEdit = await code.recentFiles(uri);
  const late = await slowProvider(code, foundLate);
  const hover = await hoverOnly(code);

  await vscode.workspace.fs.writeFile(at('.tuttiignore'), new TextEncoder().encode('private/\nopen.ts\n'));
  const afterHiding = await until(
    () => code.recentFiles(uri),
    (files) => !files.some(({ path }) => path === 'open.ts'),
  );
  code.dispose();
  ignore.dispose();
  return {
    ...{ recent, afterEdit, sameObjects: recent.every((file, index) => file === again[index]) },
    ...{ imported, refused, definitions, afterChangeOnDisk, hover, late },
    ...{ cells, hiddenCells: hidden.before.length + hidden.after.length, afterHiding, openEditors },
  };
}

async function notebookCells(
  code: EditorCode,
  uri: vscode.Uri,
): Promise<Awaited<ReturnType<EditorCode['cellsAround']>>> {
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  return code.cellsAround(notebook.cellAt(1).document.uri.toString());
}

/** A class that only its language's extension can read; hovering tells of it, and of other things, too. */
async function hoverOnly(code: EditorCode): Promise<readonly Definition[]> {
  const target = new vscode.Location(vscode.Uri.parse('archive://lib/Text.class'), new vscode.Position(0, 0));
  const fenced = '```plaintext\nclass Text { from: "canary-quoted" }\n```';
  const provided = vscode.Disposable.from(
    vscode.languages.registerDefinitionProvider({ language: 'plaintext' }, { provideDefinition: () => target }),
    vscode.languages.registerHoverProvider(
      { language: 'plaintext' },
      { provideHover: () => new vscode.Hover(['canary-prose', '```dotenv\nTOKEN=canary-fence\n```', fenced]) },
    ),
  );
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'use Text here\n' });
  const found = await code.definitionsOf(document.uri.toString(), 6, ['Text'], AbortSignal.timeout(10_000));
  provided.dispose();
  return found;
}

async function slowProvider(code: EditorCode, foundLate: readonly string[]): Promise<Late> {
  const answer = Promise.withResolvers<vscode.Location>();
  const over = new AbortController();
  const provided = vscode.languages.registerDefinitionProvider(
    { language: 'plaintext' },
    {
      provideDefinition: () => {
        over.abort();
        return answer.promise;
      },
    },
  );
  const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: 'use Slow here\n' });
  const uri = document.uri.toString();
  const inTime = await code.definitionsOf(uri, 6, ['Slow'], over.signal);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? document.uri;
  answer.resolve(new vscode.Location(vscode.Uri.joinPath(folder, 'lib/user.ts'), new vscode.Position(0, 0)));
  const told = await until(async () => foundLate.includes(uri), Boolean);
  const afterwards = await code.definitionsOf(uri, 6, ['Slow'], AbortSignal.timeout(10_000));
  provided.dispose();
  return { inTime, told, afterwards };
}

/** Language servers and file events come when they come. */
async function until<T>(ask: () => Promise<T>, enough: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (const deadline = Date.now() + 40_000; !enough(answer) && Date.now() < deadline; answer = await ask())
    await pause(300);
  return answer;
}
