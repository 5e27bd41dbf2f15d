import { readFile, stat } from 'node:fs/promises';
import { Uri, workspace } from 'vscode';
import { type IgnoreFile, ignoreFileName } from '../context/ignore-rules.ts';

/** How long a file that was looked at is not looked at again. */
const freshMs = 1_000;

/**
 * The texts of `.tuttiignore` files as they are on disk, looked at again after a second: VS Code tells of no change in
 * what its watchers leave out, nor in the first moments of a window.
 */
export class IgnoreFileTexts {
  readonly #looks = new Map<string, Look>();
  readonly #onDidChange: () => void;

  /** `onDidChange` is called when a file is found to be another than it was. */
  constructor(onDidChange: () => void) {
    this.#onDidChange = onDidChange;
  }

  /** Of the root, of the folder `inside` it ("a/b"), and of every folder between; rejects when one cannot be read. */
  async above(root: Uri, inside: string): Promise<readonly IgnoreFile[]> {
    const names = inside === '' ? [] : inside.split('/');
    const folders = ['', ...names.map((_, index) => names.slice(0, index + 1).join('/'))];
    const files = folders.map(async (folder) => {
      const { text } = await this.#look(Uri.joinPath(root, folder, ignoreFileName));
      return text === undefined ? [] : [{ folder, text }];
    });
    return (await Promise.all(files)).flat();
  }

  forget(): void {
    this.#looks.clear();
  }

  /** Who ask at once, look once. What could not be read is tried again, and until then nothing it may be about is shown. */
  #look(uri: Uri): Promise<Found> {
    const key = uri.toString();
    const known = this.#looks.get(key);
    if (known && performance.now() - known.at < freshMs) return known.found;
    const look = { at: performance.now(), found: this.#read(uri, known?.found) };
    this.#looks.set(key, look);
    look.found.catch(() => {
      if (this.#looks.get(key) === look) this.#looks.delete(key);
    });
    return look.found;
  }

  async #read(uri: Uri, before: Promise<Found> | undefined): Promise<Found> {
    const [stamp, known] = await Promise.all([stampOf(uri), before]);
    if (known && known.stamp === stamp) return known;
    const found = { stamp, text: stamp === undefined ? undefined : await textAt(uri) };
    if (known && known.text !== found.text) this.#onDidChange();
    return found;
  }
}

interface Look {
  /** Of `performance.now()`. */
  readonly at: number;
  readonly found: Promise<Found>;
}

/** Both undefined = there is no such file. */
interface Found {
  /** What tells this state of the file from another. */
  readonly stamp: string | undefined;
  readonly text: string | undefined;
}

function stampOf(uri: Uri): Promise<string | undefined> {
  return unlessMissing(async () => {
    if (uri.scheme !== 'file') {
      const { mtime, size } = await workspace.fs.stat(uri);
      return `${mtime} ${size}`;
    }
    const { mtimeNs, ctimeNs, size, ino } = await stat(uri.fsPath, { bigint: true });
    return `${mtimeNs} ${ctimeNs} ${size} ${ino}`;
  });
}

function textAt(uri: Uri): Promise<string | undefined> {
  return unlessMissing(async () => {
    const bytes = await (uri.scheme === 'file' ? readFile(uri.fsPath) : workspace.fs.readFile(uri));
    return new TextDecoder().decode(bytes);
  });
}

/** A folder that is none is without such a file, too: of an unsaved file nothing stands anywhere. */
async function unlessMissing(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (['ENOENT', 'ENOTDIR', 'FileNotFound', 'FileNotADirectory'].includes(code)) return undefined;
    throw error;
  }
}
