import { type Disposable, type TextDocument, type Uri, workspace } from 'vscode';
import type { TextChange } from '../../edits/edit.ts';
import { changeBytes, readFileBytes } from '../../edits/file-bytes.ts';
import { lineRuns } from '../../edits/line-runs.ts';
import { SourceLines } from '../../edits/source-lines.ts';
import { editorCodec } from './editor-codec.ts';

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
    const { encoding, uri, version } = document;
    const file = await readFileBytes(bytes, encoding, editorCodec);
    const exact = await changeBytes(file, lineChanges(file.text, document.getText()), editorCodec);
    if ('error' in exact) return;
    const saved = await workspace.fs.readFile(uri);
    const isSame = saved.length === exact.length && saved.every((byte, index) => byte === exact[index]);
    if (!isSame && !document.isDirty && document.version === version) await workspace.fs.writeFile(uri, exact);
  }
}

/** What changed, by lines and without regard to line ends; new lines end as those around them do. */
function lineChanges(before: string, after: string): readonly TextChange[] {
  const old = new SourceLines(before);
  const fresh = new SourceLines(after);
  return lineRuns(old.lines, fresh.lines).map(({ from, to, lines }) => {
    const end = old.endNear(from);
    const isLast = to === old.length && lines.length > 0 && fresh.end(fresh.length - 1) === '';
    const text = lines.map((line) => line + end).join('');
    return { start: old.start(from), end: old.start(to), text: isLast ? text.slice(0, -end.length) : text };
  });
}
