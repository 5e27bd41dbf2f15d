import { Disposable, type Uri, workspace } from 'vscode';
import { PathSearch } from '../context/path-search.ts';

const mostFiles = 100_000;

/** Where a path of the index leads. */
export interface FoundPath {
  readonly uri: Uri;
  /** As people know it; a folder's ends in `/`. */
  readonly path: string;
}

/**
 * The names of all files and folders of the workspace, listed on first need. After a change the old list answers while the
 * new one is made.
 */
export class FileIndex implements Disposable {
  #listing: Promise<Listing> | undefined;
  #ready: Listing | undefined;
  #isOld = false;
  readonly #watchers: Disposable;

  constructor() {
    const watcher = workspace.createFileSystemWatcher('**/*', false, true, false);
    const changed = (): void => {
      this.#isOld = true;
    };
    this.#watchers = Disposable.from(
      watcher,
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      workspace.onDidChangeWorkspaceFolders(changed),
    );
  }

  async search(query: string, most: number, recent: readonly Uri[]): Promise<readonly FoundPath[]> {
    const { search, uris } = await this.#list();
    const latest = recent.map((uri) => workspace.asRelativePath(uri));
    return search.search(query, most, latest).flatMap((path) => {
      const uri = uris.get(path);
      return uri ? [{ path, uri }] : [];
    });
  }

  dispose(): void {
    this.#watchers.dispose();
  }

  #list(): Promise<Listing> {
    if (this.#ready && this.#isOld) void this.#renew();
    if (this.#ready) return Promise.resolve(this.#ready);
    return this.#renew();
  }

  #renew(): Promise<Listing> {
    this.#isOld = false;
    this.#listing ??= list().then(
      (listing) => {
        this.#ready = listing;
        this.#listing = undefined;
        return listing;
      },
      (error: unknown) => {
        this.#listing = undefined;
        throw error;
      },
    );
    return this.#listing;
  }
}

interface Listing {
  readonly search: PathSearch;
  readonly uris: ReadonlyMap<string, Uri>;
}

async function list(): Promise<Listing> {
  const uris = new Map<string, Uri>();
  for (const folder of workspace.workspaceFolders ?? []) {
    const files = await workspace.findFiles(
      { baseUri: folder.uri, base: folder.uri.fsPath, pattern: '**/*' },
      excludedFromSearch(folder.uri),
      mostFiles,
    );
    for (const file of files) {
      const path = workspace.asRelativePath(file);
      uris.set(path, file);
      let end = path.lastIndexOf('/');
      let uri = file;
      // Up to the first folder that is known: all above it are, too.
      while (end > 0 && !uris.has(path.slice(0, end + 1))) {
        uri = uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf('/')) });
        uris.set(path.slice(0, end + 1), uri);
        end = path.lastIndexOf('/', end - 1);
      }
    }
  }
  return { search: new PathSearch([...uris.keys()]), uris };
}

/** What VS Code's own search leaves out, as one glob. */
export function excludedFromSearch(scope: Uri): string {
  const globs = ['files', 'search'].flatMap((section) => {
    const exclude = workspace.getConfiguration(section, scope).get<Readonly<Record<string, unknown>>>('exclude', {});
    return Object.entries(exclude).flatMap(([glob, on]) => (on === true ? [glob] : []));
  });
  return `{${['**/.git/**', '**/node_modules/**', ...globs].join(',')}}`;
}
