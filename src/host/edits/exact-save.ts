import { stat, utimes } from 'node:fs/promises';
import { type Disposable, type EndOfLine, type TextDocument, type Uri, workspace } from 'vscode';
import { exactBytes } from './exact-bytes.ts';

interface Before {
  readonly bytes: Uint8Array;
  readonly encoding: string;
  readonly eol: EndOfLine;
}

/**
 * VS Code writes a file anew as a whole: of mixed line ends it makes one kind, and bytes that are no text become a
 * question mark. After the first save of a file that was edited, the lines nobody touched get their own bytes back.
 */
export class ExactSave implements Disposable {
  readonly #before = new Map<string, Before>();
  readonly #subscription = workspace.onDidSaveTextDocument((document) => void this.#restore(document));

  dispose(): void {
    this.#subscription.dispose();
  }

  /** `bytes`: the file before the edit. */
  edited({ uri, encoding, eol }: TextDocument, bytes: Uint8Array): void {
    if (!this.#before.has(uri.toString())) this.#before.set(uri.toString(), { bytes, encoding, eol });
  }

  async #restore(document: TextDocument): Promise<void> {
    const { uri, version, encoding, eol } = document;
    const before = this.#before.get(uri.toString());
    if (!before) return;
    this.#before.delete(uri.toString());
    // Whoever chose other line ends or another encoding meant all of the file.
    if (before.encoding !== encoding || before.eol !== eol) return;
    const exact = await exactBytes(before.bytes, encoding, document.getText());
    if (!exact) return;
    const saved = await workspace.fs.readFile(uri);
    const isSame = saved.length === exact.length && saved.every((byte, index) => byte === exact[index]);
    if (!isSame && !document.isDirty && document.version === version) await writeAsSaved(uri, exact);
  }
}

/** With the time of VS Code's own save: to whoever types on meanwhile, the file is no newer than the editor knows. */
async function writeAsSaved(uri: Uri, bytes: Uint8Array): Promise<void> {
  const times = uri.scheme === 'file' ? await stat(uri.fsPath) : undefined;
  await workspace.fs.writeFile(uri, bytes);
  if (times) await utimes(uri.fsPath, times.atime, times.mtime);
}
