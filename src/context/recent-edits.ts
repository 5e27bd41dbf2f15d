import { lineFeeds } from '../util/line-feeds.ts';
import { type Edit, EditedText, type TextChange } from './edited-text.ts';

/** A document that edits are watched in. Never one that is hidden from models: the host leaves those out. */
export interface WatchedDocument {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

/** Whole lines of a document as they were and as they are. */
export interface EditedRegion {
  readonly uri: string;
  readonly path: string;
  /** Where it begins now, zero-based. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
  /** Where it begins now, in the document's own characters, and where it ends. */
  readonly start: number;
  readonly end: number;
  /** Higher is later. */
  readonly at: number;
}

interface Watched {
  readonly path: string;
  readonly languageId: string;
  readonly text: EditedText;
  revision: number;
}

const mostDocuments = 24;
/** A longer document is not watched, nor one that would make all of them longer than the next. */
const longestDocument = 600_000;
const mostCharacters = 6_000_000;
/** Edits as close as this are one region; it begins and ends so many lines around them. */
const gapLines = 3;
const aroundLines = 1;
const longestRegion = 2000;

/** What was changed lately in which file. Fed with every change; a key costs no more in a long document than in a short one. */
export class RecentEdits {
  /** The latest changed last. */
  readonly #documents = new Map<string, Watched>();
  #clock = 0;
  #characters = 0;

  /** From now on changes of this document are understood. Again: its text is known anew, what was changed stays forgotten. */
  opened(document: WatchedDocument): void {
    const revision = (this.#documents.get(document.uri)?.revision ?? 0) + 1;
    this.closed(document.uri);
    if (document.text.length > longestDocument) return;
    this.#documents.set(document.uri, {
      path: document.path,
      languageId: document.languageId,
      text: new EditedText(document.text),
      revision,
    });
    this.#characters += document.text.length;
    for (const [uri] of this.#documents) {
      if (this.#documents.size <= mostDocuments && this.#characters <= mostCharacters) break;
      if (uri !== document.uri) this.closed(uri);
    }
  }

  isWatched(uri: string): boolean {
    return this.#documents.has(uri);
  }

  /** In the order the editor reports them. A document that was not opened, or is no longer known, is passed over. */
  changed(uri: string, changes: readonly TextChange[]): void {
    const watched = this.#documents.get(uri);
    if (!watched || changes.length === 0) return;
    for (const change of changes) {
      const { length } = watched.text;
      if (!watched.text.change(change, ++this.#clock)) {
        this.closed(uri);
        return;
      }
      this.#characters += watched.text.length - length;
    }
    watched.revision++;
    this.#documents.delete(uri);
    this.#documents.set(uri, watched);
    if (watched.text.length > longestDocument) this.closed(uri);
  }

  closed(uri: string): void {
    const watched = this.#documents.get(uri);
    if (!watched) return;
    this.#characters -= watched.text.length;
    this.#documents.delete(uri);
  }

  forget(): void {
    this.#documents.clear();
    this.#characters = 0;
  }

  /** Another number after every change; 0 = not watched. */
  revisionOf(uri: string): number {
    return this.#documents.get(uri)?.revision ?? 0;
  }

  /** A document as it is now, with `\n`; empty where it is not watched. Costs as much as the document is long. */
  textOf(uri: string): string {
    const text = this.#documents.get(uri)?.text;
    return text ? lineFeeds(text.now(0, text.base.length)) : '';
  }

  /** The first characters of a document as it is now, with `\n`; empty where it is not watched. */
  headOf(uri: string, characters: number): string {
    const text = this.#documents.get(uri)?.text;
    if (!text) return '';
    const inside = text.edits.find((edit) => edit.start <= characters && edit.end >= characters);
    return lineFeeds(text.now(0, Math.min(text.base.length, inside?.end ?? characters)));
  }

  /** The latest regions, latest first. */
  regions(most: number): readonly EditedRegion[] {
    const found: EditedRegion[] = [];
    for (const [uri, watched] of [...this.#documents].reverse()) {
      if (found.length >= most * 2) break;
      found.push(...regionsOf(uri, watched));
    }
    return found.sort((a, b) => b.at - a.at).slice(0, most);
  }
}

function regionsOf(uri: string, { path, text }: Watched): readonly EditedRegion[] {
  const { base } = text;
  const groups: Edit[][] = [];
  for (const edit of text.edits) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && linesBetween(base, last.end, edit.start) <= gapLines) group.push(edit);
    else groups.push([edit]);
  }
  let shift = 0;
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    const start = lineStart(base, first.start, aroundLines);
    const feed = lineEnd(base, last.end, aroundLines);
    const end = feed > last.end && base[feed - 1] === '\r' ? feed - 1 : feed;
    const nowStart = start + shift;
    const before = lineFeeds(base.slice(start, end));
    const after = lineFeeds(text.now(start, end));
    for (const edit of group) shift += edit.text.length - (edit.end - edit.start);
    if (before.trim() === after.trim() || before.length + after.length > 2 * longestRegion) return [];
    const line = countLines(base, start);
    const at = Math.max(...group.map((edit) => edit.at));
    return [{ uri, path, line, before, after, start: nowStart, end: end + shift, at }];
  });
}

function linesBetween(text: string, start: number, end: number): number {
  if (end - start > 400) return Number.POSITIVE_INFINITY;
  return text.slice(start, end).split('\n').length - 1;
}

function lineStart(text: string, offset: number, more: number): number {
  let at = offset;
  for (let count = 0; count <= more; count++) {
    at = text.lastIndexOf('\n', at - 1);
    if (at <= 0) return 0;
  }
  return at + 1;
}

function lineEnd(text: string, offset: number, more: number): number {
  let at = offset - 1;
  for (let count = 0; count <= more; count++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return text.length;
  }
  return at;
}

function countLines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
