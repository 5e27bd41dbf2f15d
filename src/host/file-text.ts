import { readFile, stat } from 'node:fs/promises';
import { Disposable, FileType, Range, type TextDocument, type Uri, workspace } from 'vscode';
import { lineFeeds } from '../util/line-feeds.ts';
import { languageOf } from './language-of.ts';

const mostBytes = 4_000_000;
const mostKeptCharacters = 8_000_000;
/** Changes outside of the workspace, and in folders that are not watched, are seen this late. */
const statLivesMs = 30_000;

/** The text of one file, by lines counted from 0; line ends are `\n`. */
export interface FileText {
  readonly uri: Uri;
  readonly languageId: string;
  /** Another one as soon as the text is another. */
  readonly version: string;
  readonly lineCount: number;
  /** Without the line `end`. */
  lines(start: number, end: number): string;
}

interface Stat {
  readonly at: number;
  /** Undefined: no file there, or too big to read. */
  readonly version: string | undefined;
}

/** Texts of files: as the editor has them where they are open, else from disk, kept until they change. */
export class FileTexts implements Disposable {
  readonly #stats = new Map<string, Stat>();
  readonly #texts = new Map<string, FileText & { readonly characters: number }>();
  readonly #watcher: Disposable;
  #characters = 0;

  constructor() {
    const watcher = workspace.createFileSystemWatcher('**/*');
    const forget = (uri: Uri): void => void this.#stats.delete(uri.toString());
    // A folder that comes or goes takes files with it that no event names.
    const forgetAll = (): void => this.#stats.clear();
    this.#watcher = Disposable.from(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forgetAll),
      watcher.onDidDelete(forgetAll),
    );
  }

  /** Undefined: no such file, binary, or too big. */
  async of(uri: Uri): Promise<FileText | undefined> {
    const open = openDocument(uri);
    if (open) return textOfDocument(open);
    const version = await this.#versionOnDisk(uri);
    return version === undefined ? undefined : this.#read(uri, version);
  }

  /** Tells a change without reading the text; undefined = no file to read. */
  async versionOf(uri: Uri): Promise<string | undefined> {
    const open = openDocument(uri);
    return open ? versionOfDocument(open) : this.#versionOnDisk(uri);
  }

  dispose(): void {
    this.#watcher.dispose();
  }

  async #versionOnDisk(uri: Uri): Promise<string | undefined> {
    const key = uri.toString();
    const kept = this.#stats.get(key);
    if (kept && performance.now() - kept.at < statLivesMs) return kept.version;
    const version = await versionOfFile(uri).catch(() => undefined);
    if (this.#stats.size > 2000) this.#stats.clear();
    this.#stats.set(key, { at: performance.now(), version });
    return version;
  }

  async #read(uri: Uri, version: string): Promise<FileText | undefined> {
    const key = uri.toString();
    const kept = this.#texts.get(key);
    if (kept?.version === version) {
      // The unused go first.
      this.#texts.delete(key);
      this.#texts.set(key, kept);
      return kept;
    }
    const text = await textOfFile(uri).catch(() => undefined);
    if (text === undefined || text.includes('\0')) return undefined;
    const lines = lineFeeds(text).split('\n');
    const read = {
      uri,
      languageId: languageOf(uri),
      version,
      lineCount: lines.length,
      characters: text.length,
      lines: (start: number, end: number) => lines.slice(start, end).join('\n'),
    };
    this.#keep(key, read);
    return read;
  }

  #keep(key: string, text: FileText & { readonly characters: number }): void {
    this.#drop(key);
    this.#texts.set(key, text);
    this.#characters += text.characters;
    for (const oldest of this.#texts.keys()) {
      if (this.#characters <= mostKeptCharacters) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#characters -= this.#texts.get(key)?.characters ?? 0;
    this.#texts.delete(key);
  }
}

/** Of the machine's own files Node is asked: `workspace.fs` asks the window first, each time. */
async function versionOfFile(uri: Uri): Promise<string | undefined> {
  if (uri.scheme === 'file') {
    const found = await stat(uri.fsPath);
    return found.isFile() && found.size <= mostBytes ? `${found.mtimeMs}:${found.size}` : undefined;
  }
  const { type, mtime, size } = await workspace.fs.stat(uri);
  return (type & FileType.File) > 0 && size <= mostBytes ? `${mtime}:${size}` : undefined;
}

/** UTF-8, else what the user's settings say; binary files are an error. */
async function textOfFile(uri: Uri): Promise<string> {
  return decodeText(await (uri.scheme === 'file' ? readFile(uri.fsPath) : workspace.fs.readFile(uri)), uri);
}

/** UTF-8, else what the user's settings say. */
export async function decodeText(bytes: Uint8Array, uri: Uri): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return workspace.decode(bytes, { uri });
  }
}

/** What the editor has open under this address, in a tab or for an extension. */
export function openDocument(uri: Uri): TextDocument | undefined {
  const key = uri.toString();
  return workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
}

const versionOfDocument = (document: TextDocument): string => `open:${document.version}`;

function textOfDocument(document: TextDocument): FileText {
  const { uri, languageId, lineCount } = document;
  return {
    uri,
    languageId,
    version: versionOfDocument(document),
    lineCount,
    lines: (start, end) => {
      const last = Math.min(end, document.lineCount) - 1;
      return last < start ? '' : lineFeeds(document.getText(new Range(start, 0, last, Number.MAX_SAFE_INTEGER)));
    },
  };
}
