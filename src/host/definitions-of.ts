import type { Position, TextDocument, Uri } from 'vscode';
import type { Definition } from '../context/ports.ts';
import { type HiddenBecause, isAllowed, isHidden, isSource } from './allowed-files.ts';
import { hoverCodeAt, symbolAt, type Target, targetsAt } from './definition-targets.ts';
import { pathOf } from './document-path.ts';
import type { FileText, FileTexts } from './file-text.ts';
import { placesOf } from './places-of-names.ts';

const atOnce = 3;
const mostTargets = 2;
/** Enough for what reads it to leave out bodies and keep members. */
const mostLines = 200;
const mostCharacters = 10_000;
const mostLinesOfDocs = 20;
const remark = /^\s*(?:\/\/|\/\*|\*|#(?!\s*(?:define|include|if|end))|--|@|"")/;
/** Where the providers tell no end of a definition, these lines are taken. */
const linesWithoutEnd = 8;
const mostKept = 500;
/** The same name may come to mean something else, without its old definition changing. */
const livesMs = 60_000;
const nothingLivesMs = 5000;

interface Found {
  readonly definition: Definition;
  readonly target: Uri;
  /** Of the text it was cut from; undefined = not from a text (a hover). */
  readonly version: string | undefined;
}

interface Kept {
  readonly at: number;
  readonly found: Promise<readonly Found[]>;
}

/** What the names near a cursor mean, asked of the language's own providers, a few at a time, and kept while it is true. */
export class Definitions {
  readonly #texts: FileTexts;
  readonly #hiddenBecause: HiddenBecause;
  readonly #foundLate: (uri: Uri) => void;
  readonly #kept = new Map<string, Kept>();

  /** `foundLate`: something is known of a document's names that came after the signal. */
  constructor(texts: FileTexts, hiddenBecause: HiddenBecause, foundLate: (uri: Uri) => void) {
    this.#texts = texts;
    this.#hiddenBecause = hiddenBecause;
    this.#foundLate = foundLate;
  }

  /** In the order of `names`. What is not known when the signal comes is left out, and known the next time. */
  async of(
    document: TextDocument,
    offset: number,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Definition[]> {
    const places = placesOf(document, offset, new Set(names));
    const known = new Map<string, readonly Definition[]>();
    const waiting = [...new Set(names)].filter((name) => places.has(name));
    const work = async (): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined && !signal.aborted; name = waiting.shift()) {
        const found = await this.#definitions(document, name, places.get(name) ?? []);
        known.set(name, found);
        if (signal.aborted && found.length > 0) this.#foundLate(document.uri);
      }
    };
    await untilAborted(Promise.all(Array.from({ length: atOnce }, work)), signal);
    return [...known].sort(([one], [other]) => names.indexOf(one) - names.indexOf(other)).flatMap(([, all]) => all);
  }

  forget(): void {
    this.#kept.clear();
  }

  async #definitions(
    document: TextDocument,
    name: string,
    places: readonly Position[],
  ): Promise<readonly Definition[]> {
    const key = `${document.uri} ${name}`;
    const kept = this.#kept.get(key);
    const still = kept && (await this.#stillTrue(kept));
    if (still) return still;
    const found = this.#find(document, name, places);
    this.#kept.delete(key);
    this.#kept.set(key, { at: performance.now(), found });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return (await found).map(({ definition }) => definition);
  }

  async #stillTrue({ at, found }: Kept): Promise<readonly Definition[] | undefined> {
    const all = await found;
    if (performance.now() - at > (all.length === 0 ? nothingLivesMs : livesMs)) return undefined;
    for (const { target, version } of all) {
      // Rules of hiding may have changed since.
      if (version === undefined && (await isHidden(target, this.#hiddenBecause))) return undefined;
      if (version === undefined) continue;
      if (!(await isAllowed(target, this.#hiddenBecause, 'libraries'))) return undefined;
      if ((await this.#texts.versionOf(target)) !== version) return undefined;
    }
    return all.map(({ definition }) => definition);
  }

  async #find(document: TextDocument, name: string, places: readonly Position[]): Promise<readonly Found[]> {
    for (const place of places) {
      const targets = await targetsFor(document, place);
      const found: Found[] = [];
      for (const target of targets.slice(0, mostTargets)) {
        const one = await this.#read(document, name, place, target);
        if (one && !found.some(({ definition }) => sameDefinition(definition, one.definition))) found.push(one);
      }
      // Nothing where the name stands nearest may be a comment or a half-typed line; the next place tells more.
      if (targets.length > 0) return found;
    }
    return [];
  }

  async #read(document: TextDocument, name: string, place: Position, target: Target): Promise<Found | undefined> {
    const { uri } = target;
    if (!isSource(uri)) return this.#readByHover(document, name, place, uri);
    if (!(await isAllowed(uri, this.#hiddenBecause, 'libraries'))) return undefined;
    const text = await this.#texts.of(uri);
    if (!text || target.range.start.line >= text.lineCount) return undefined;
    const { start: first, end } = await wholeOf(target);
    const start = docsStart(text, first);
    const cut = text.lines(start, Math.min(end + 1, start + mostLines)).slice(0, mostCharacters);
    const definition = { name, uri: uri.toString(), path: pathOf(uri), line: start, text: cut };
    return cut.trim() === '' ? undefined : { definition, target: uri, version: text.version };
  }

  /** Of code that only its language's extension can read, e.g. a class inside a Java archive. */
  async #readByHover(
    { uri, languageId }: TextDocument,
    name: string,
    place: Position,
    target: Uri,
  ): Promise<Found | undefined> {
    if (await isHidden(target, this.#hiddenBecause)) return undefined;
    const code = await hoverCodeAt(uri, place, languageId);
    if (code === undefined) return undefined;
    const text = code.slice(0, mostCharacters);
    const definition = { name, uri: target.toString(), path: pathOf(target), line: 0, text };
    return { definition, target, version: undefined };
  }
}

/** Where it is defined; of a thing defined in this same file, what its type is, where that is another file's. */
async function targetsFor({ uri }: TextDocument, place: Position): Promise<readonly Target[]> {
  const defined = await targetsAt('vscode.executeDefinitionProvider', uri, place);
  const elsewhere = (target: Target): boolean => target.uri.toString() !== uri.toString();
  if (defined.some(elsewhere)) return defined;
  const types = await targetsAt('vscode.executeTypeDefinitionProvider', uri, place);
  return types.some(elsewhere) ? [...types.filter(elsewhere), ...defined] : defined;
}

/** The first and the last line of a definition. */
async function wholeOf({ uri, range, whole }: Target): Promise<{ readonly start: number; readonly end: number }> {
  if (whole && !whole.isEqual(range)) return { start: whole.start.line, end: whole.end.line };
  const symbol = await symbolAt(uri, range.start);
  if (symbol) return { start: symbol.start.line, end: symbol.end.line };
  return { start: range.start.line, end: Math.max(range.end.line, range.start.line + linesWithoutEnd - 1) };
}

/** The line where the remarks right above a definition begin. */
function docsStart(text: FileText, first: number): number {
  const above = text.lines(Math.max(0, first - mostLinesOfDocs), first).split('\n');
  const last = above.findLastIndex((line) => !remark.test(line));
  return first === 0 ? 0 : first - (above.length - 1 - last);
}

function sameDefinition(one: Definition, other: Definition): boolean {
  return one.uri === other.uri && one.line === other.line;
}

/** Waits for all, or for the signal. */
function untilAborted(all: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = (): void => resolve();
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([all, promise]).finally(() => signal.removeEventListener('abort', stop));
}
