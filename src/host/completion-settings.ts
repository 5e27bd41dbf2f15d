import { type Disposable, Uri, workspace } from 'vscode';
import type { CompletionDocument } from '../completion/document.ts';
import type { CompletionPreferences } from '../completion/ports.ts';

const section = 'tutti.completion';
const mostKept = 200;

/** The user's settings for completions, read once a document until they change. */
export class CompletionSettings implements Disposable {
  readonly #kept = new Map<string, CompletionPreferences>();
  readonly #listener: Disposable;

  constructor() {
    this.#listener = workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section)) this.#kept.clear();
    });
  }

  preferences(document: CompletionDocument): CompletionPreferences {
    const key = `${document.languageId} ${document.uri}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    const read = readPreferences(document);
    this.#kept.set(key, read);
    return read;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

function readPreferences({ uri, languageId }: CompletionDocument): CompletionPreferences {
  const settings = workspace.getConfiguration(section, { uri: Uri.parse(uri), languageId });
  const enabled = settings.get<Record<string, unknown>>('enabled', {});
  const delayMs = settings.get<unknown>('delayMs');
  const maxLines = settings.get<unknown>('maxLines');
  const ahead = settings.get<unknown>('ahead');
  return {
    enabled: (enabled[languageId] ?? enabled['*'] ?? true) === true,
    trigger: settings.get<unknown>('trigger') === 'manual' ? 'manual' : 'automatic',
    delayMs: typeof delayMs === 'number' && delayMs >= 0 ? delayMs : 'auto',
    maxLines: typeof maxLines === 'number' && maxLines >= 1 ? Math.floor(maxLines) : 20,
    ahead: ahead === 'always' || ahead === 'never' ? ahead : 'auto',
    streaming: settings.get<unknown>('streaming') !== false,
  };
}
