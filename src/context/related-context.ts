/** The place a model is asked about. `prefix` and `suffix` are windows around the cursor with `\n`. */
export interface ContextPlace {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  /** The cursor, in the document's own characters. */
  readonly offset: number;
  readonly prefix: string;
  readonly suffix: string;
}

/** A piece of another file (or of this one's past) that goes before the file itself. */
export interface ContextFile {
  readonly filename: string;
  readonly text: string;
  /** The files its lines are from: who may see them may see this. */
  readonly uris: readonly string[];
}

/** Byte for byte the same as long as `version` is. */
export interface ContextPack {
  readonly version: number;
  /** The most useful last: nearest to the file itself. */
  readonly files: readonly ContextFile[];
}

/** What else may help at a place. */
export interface RelatedContext {
  /** At most `characters` long. Never later than its own small time budget; what was late is in the next pack. */
  pack(place: ContextPlace, characters: number, signal: AbortSignal): Promise<ContextPack>;
  /** A suggestion was taken, or the cursor went elsewhere: the next pack may differ from the last. */
  moved(uri: string): void;
}
