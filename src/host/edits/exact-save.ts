import { type Disposable, type TextDocument, type Uri, workspace } from 'vscode';
import { exactBytes } from './exact-bytes.ts';

/**
 * VS Code writes a file anew as a whole: of mixed line ends it makes one kind, and bytes that are no text become a
 * question mark. After the first save of a file that was edited, the lines nobody touched get their own bytes back.
 */
export class ExactSave implements Disposable {
  readonly #before = new Map<string, Uint8Array>();
  readonly #subscription = workspace.onDidSaveTextDocument((document) => void this.#restore(document));

  dispose(): void {
    this.#subscription.dispose();
  }

  /** `bytes`: the file before the edit. */
  edited(uri: Uri, bytes: Uint8Array): void {
    if (!this.#before.has(uri.toString())) this.#before.set(uri.toString(), bytes);
  }

  async #restore(document: TextDocument): Promise<void> {
    const bytes = this.#before.get(document.uri.toString());
    if (!bytes) return;
    this.#before.delete(document.uri.toString());
    const { uri, version } = document;
    const exact = await exactBytes(bytes, document);
    if (!exact) return;
    const saved = await workspace.fs.readFile(uri);
    const isSame = saved.length === exact.length && saved.every((byte, index) => byte === exact[index]);
    if (!isSame && !document.isDirty && document.version === version) await workspace.fs.writeFile(uri, exact);
  }
}
