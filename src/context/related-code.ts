import { type Chunk, compose, identity, sizeOf } from './compose.ts';
import { namesNear } from './names-near.ts';
import type { ContextSource, Piece, SourceQuery } from './piece.ts';
import type { WorkspaceCode } from './ports.ts';
import type { RecentEdits } from './recent-edits.ts';
import type { ContextPack, ContextPlace, RelatedContext } from './related-context.ts';
import { Definitions } from './sources/definitions.ts';
import { Imports } from './sources/imports.ts';
import { NotebookCells } from './sources/notebook-cells.ts';
import { OwnFile } from './sources/own-file.ts';
import { RecentlyEdited } from './sources/recently-edited.ts';
import { SimilarWindows } from './sources/similar-windows.ts';
import { unlessAborted, within } from './wait-for.ts';

/** What tests set. */
export interface Timing {
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /** A pack waits so long for its sources; what comes later is in the next one. */
  readonly budgetMs: number;
}

const realTime: Timing = { now: () => performance.now(), budgetMs: 50 };
/** After this nobody waits for a source any more. */
const lateMs = 4000;
/** Not asked for so long: nobody is typing, and the prompt may become another one. */
const pauseMs = 700;
/** Typing goes on over so many lines before the place is another one. */
const sameLines = 15;
const mostDocuments = 12;
const mostNames = 40;
const headCharacters = 8000;
/** What an earlier place needed is worth less with every rebuild, and nothing in the end. */
const fades = 0.7;
const faded = 0.15;

interface Found {
  readonly pieces: Piece[];
  settled: boolean;
}

interface DocumentState {
  pack: ContextPack | undefined;
  chunks: readonly Chunk[];
  /** What the pack may be long. */
  characters: number;
  place: ContextPlace;
  found: ReadonlyMap<ContextSource, Found>;
  /** Of every file shown, the revision that was shown. */
  revisions: ReadonlyMap<string, number>;
  moved: boolean;
  late: boolean;
  askedAt: number;
  search: AbortController;
  building: Promise<void> | undefined;
}

/** Gathers what may help at a place, and keeps it byte for byte the same while somebody types there. */
export class RelatedCode implements RelatedContext {
  readonly #sources: readonly ContextSource[];
  readonly #edits: RecentEdits;
  readonly #now: () => number;
  readonly #budgetMs: number;
  /** The latest asked for last. */
  readonly #documents = new Map<string, DocumentState>();
  #versions = 0;

  constructor(workspace: WorkspaceCode, edits: RecentEdits, timing: Partial<Timing> = {}) {
    const { now, budgetMs } = { ...realTime, ...timing };
    this.#edits = edits;
    this.#now = now;
    this.#budgetMs = budgetMs;
    this.#sources = [
      new NotebookCells(workspace),
      new RecentlyEdited(edits),
      new Definitions(workspace, edits, now),
      new Imports(workspace, now),
      new OwnFile(edits),
      new SimilarWindows(workspace),
    ];
  }

  async pack(place: ContextPlace, characters: number, signal: AbortSignal): Promise<ContextPack> {
    const state = this.#stateOf(place);
    const pause = this.#now() - state.askedAt;
    state.askedAt = this.#now();
    if (characters <= 0 || signal.aborted) return fitting(state.pack, characters);
    if (!state.building) {
      if (state.pack === undefined || state.moved || linesBetween(state.place, place) > sameLines) {
        state.building = this.#search(state, place, characters).finally(() => {
          state.building = undefined;
        });
      } else if ((state.late && pause >= pauseMs) || isOtherBudget(state, characters)) {
        state.late = false;
        this.#compose(state, place, characters);
      }
    }
    if (state.building) await unlessAborted(state.building, signal);
    const isForgotten = this.#documents.get(place.uri) !== state;
    return isForgotten ? nothing : fitting(state.pack, characters);
  }

  moved(uri: string): void {
    const state = this.#documents.get(uri);
    if (state) state.moved = true;
  }

  /** To be told when other files may be read, or fewer: nothing that was read counts any more. */
  forget(): void {
    for (const { search } of this.#documents.values()) search.abort();
    this.#documents.clear();
    for (const source of this.#sources) source.forget();
  }

  /** Asks all sources, and composes what they have brought when the time is over. Does not end with the call it was begun for. */
  async #search(state: DocumentState, place: ContextPlace, characters: number): Promise<void> {
    state.moved = false;
    state.late = false;
    state.place = place;
    state.search.abort();
    state.search = new AbortController();
    const { signal } = state.search;
    const earlier = state.found;
    const found = new Map(this.#sources.map((source) => [source, { pieces: [] as Piece[], settled: false }]));
    state.found = found;
    const query = this.#queryAt(place);
    let inTime = true;
    const searches = [...found].map(async ([source, its]) => {
      const deliver = (pieces: readonly Piece[]): void => {
        if (signal.aborted) return;
        its.pieces.push(...pieces);
        if (!inTime && pieces.length > 0) state.late = true;
      };
      try {
        await source.find(query, deliver, signal);
        its.settled = true;
      } catch {
        // It is missing from this pack; the others are not.
      }
    });
    const { search } = state;
    const end = setTimeout(() => search.abort(), lateMs).unref();
    const done = Promise.all(searches).finally(() => clearTimeout(end));
    await within(this.#budgetMs, done);
    inTime = false;
    // Forgotten meanwhile.
    if (signal.aborted) return;
    for (const [source, its] of found) if (!its.settled) its.pieces.push(...(earlier.get(source)?.pieces ?? []));
    this.#compose(state, place, characters);
  }

  #compose(state: DocumentState, place: ContextPlace, characters: number): void {
    const found = [...state.found.values()].flatMap(({ pieces }) => pieces);
    const known = new Set(found.map(identity));
    // What another place of the file needed: typing goes back and forth, and the head of the prompt stays the same.
    const earlier = state.chunks
      .flatMap(({ pieces }) => pieces)
      .filter((piece) => piece.group === undefined && !known.has(identity(piece)))
      .filter(({ uri }) => state.revisions.get(uri) === this.#edits.revisionOf(uri))
      .map((piece) => ({ ...piece, score: piece.score * fades }))
      .filter(({ score }) => score >= faded);
    const chunks = compose([...found, ...earlier], state.chunks, place, characters);
    state.characters = characters;
    state.revisions = new Map(
      chunks.flatMap(({ pieces }) => pieces.map(({ uri }) => [uri, this.#edits.revisionOf(uri)] as const)),
    );
    state.chunks = chunks;
    const files = chunks.map(({ filename, text, uris }) => ({ filename, text, uris }));
    if (state.pack && sameFiles(state.pack, files)) return;
    state.pack = { version: ++this.#versions, files };
  }

  #queryAt(place: ContextPlace): SourceQuery {
    const head = this.#edits.headOf(place.uri, headCharacters);
    return {
      place,
      near: namesNear(place.prefix, place.suffix, mostNames),
      head: head === '' ? place.prefix.slice(0, headCharacters) : head,
    };
  }

  #stateOf(place: ContextPlace): DocumentState {
    const known = this.#documents.get(place.uri);
    const state = known ?? {
      pack: undefined,
      chunks: [],
      characters: 0,
      place,
      found: new Map(),
      revisions: new Map(),
      moved: false,
      late: false,
      askedAt: this.#now(),
      search: new AbortController(),
      building: undefined,
    };
    this.#documents.delete(place.uri);
    this.#documents.set(place.uri, state);
    const [oldest] = this.#documents;
    if (this.#documents.size > mostDocuments && oldest) {
      oldest[1].search.abort();
      this.#documents.delete(oldest[0]);
    }
    return state;
  }
}

const nothing: ContextPack = { version: 0, files: [] };

/** A pack that a smaller budget meets too early is left out, never cut: a cut one would be another text. */
function fitting(pack: ContextPack | undefined, characters: number): ContextPack {
  if (!pack) return nothing;
  return pack.files.reduce((sum, file) => sum + sizeOf(file), 0) <= characters ? pack : nothing;
}

/** Less room than the pack takes, or much more than it was made for. */
function isOtherBudget({ pack, characters: made }: DocumentState, characters: number): boolean {
  return fitting(pack, characters) !== pack || characters > made * 1.5;
}

/** How many lines the cursor is away from where it was; as many as there are where it left the window. */
function linesBetween(then: ContextPlace, now: ContextPlace): number {
  const moved = now.offset - then.offset;
  if (moved > now.prefix.length || -moved > then.prefix.length) return Number.POSITIVE_INFINITY;
  const between = moved >= 0 ? now.prefix.slice(now.prefix.length - moved) : then.prefix.slice(moved);
  return between.split('\n').length - 1;
}

function sameFiles({ files: then }: ContextPack, now: ContextPack['files']): boolean {
  return (
    then.length === now.length &&
    then.every(({ filename, text }, index) => filename === now[index]?.filename && text === now[index]?.text)
  );
}
