import { outline } from '../outline.ts';
import type { ContextSource, Piece, SourceQuery } from '../piece.ts';
import type { Definition, WorkspaceCode } from '../ports.ts';
import type { RecentEdits } from '../recent-edits.ts';

const mostNames = 18;
/** Slow names do not hold up the others. */
const namesAtOnce = 6;
const mostRemembered = 400;
const rememberedMs = 60_000;

interface Remembered {
  readonly definitions: readonly { readonly definition: Definition; readonly revision: number }[];
  readonly at: number;
}

/** What the editor's languages say of the names around the cursor. Asked once a name; what comes late is there next time. */
export class Definitions implements ContextSource {
  readonly name = 'definitions';
  readonly #workspace: WorkspaceCode;
  readonly #edits: RecentEdits;
  readonly #now: () => number;
  readonly #known = new Map<string, Remembered>();
  #generation = 0;

  constructor(workspace: WorkspaceCode, edits: RecentEdits, now: () => number) {
    this.#workspace = workspace;
    this.#edits = edits;
    this.#now = now;
  }

  async find(query: SourceQuery, deliver: (pieces: readonly Piece[]) => void, signal: AbortSignal): Promise<void> {
    const { place } = query;
    const wanted = new Map(query.near.slice(0, mostNames).map(({ name, weight }) => [name, weight]));
    const unknown: string[] = [];
    for (const [name, weight] of wanted) {
      const remembered = this.#remembered(place.uri, name);
      if (remembered) deliver(remembered.map((definition) => pieceOf(definition, weight)));
      else unknown.push(name);
    }
    const parts: Promise<void>[] = [];
    for (let start = 0; start < unknown.length; start += namesAtOnce) {
      parts.push(this.#ask(query, unknown.slice(start, start + namesAtOnce), wanted, deliver, signal));
    }
    await Promise.all(parts);
  }

  forget(): void {
    this.#generation++;
    this.#known.clear();
  }

  async #ask(
    { place }: SourceQuery,
    names: readonly string[],
    weights: ReadonlyMap<string, number>,
    deliver: (pieces: readonly Piece[]) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const generation = this.#generation;
    const definitions = await this.#workspace.definitionsOf(place.uri, place.offset, names, signal);
    if (generation !== this.#generation) return;
    for (const name of names) {
      const own = definitions.filter((definition) => definition.name === name);
      // Nothing, when the time was over, may mean that there was no time.
      if (own.length > 0 || !signal.aborted) this.#remember(place.uri, name, own);
    }
    deliver(definitions.map((definition) => pieceOf(definition, weights.get(definition.name) ?? 0)));
  }

  #remember(uri: string, name: string, definitions: readonly Definition[]): void {
    const key = `${uri}\n${name}`;
    this.#known.delete(key);
    this.#known.set(key, {
      definitions: definitions.map((definition) => ({
        definition,
        revision: this.#edits.revisionOf(definition.uri),
      })),
      at: this.#now(),
    });
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostRemembered && oldest !== undefined) this.#known.delete(oldest);
  }

  /** Undefined: to be asked. What was defined in a text that changed since is asked again. */
  #remembered(uri: string, name: string): readonly Definition[] | undefined {
    const known = this.#known.get(`${uri}\n${name}`);
    if (!known || this.#now() - known.at > rememberedMs) return undefined;
    const isCurrent = known.definitions.every(
      ({ definition, revision }) => this.#edits.revisionOf(definition.uri) === revision,
    );
    return isCurrent ? known.definitions.map(({ definition }) => definition) : undefined;
  }
}

function pieceOf({ name, uri, path, line, text }: Definition, weight: number): Piece {
  return {
    uri,
    path,
    line,
    endLine: line + text.split('\n').length,
    text: outline(text, name),
    score: 0.4 + 0.6 * weight,
  };
}
