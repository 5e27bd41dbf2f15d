import { upTo } from './outline.ts';
import type { Piece } from './piece.ts';
import type { ContextFile, ContextPlace } from './related-context.ts';
import { ShownText } from './shown-text.ts';

/** One file of a pack, and what it was made of. */
export interface Chunk extends ContextFile {
  readonly pieces: readonly Piece[];
}

/** Room a chunk takes beside its text: marks and line ends of templates. */
const marks = 8;
/** No piece gets more than this part of all room. */
const largestShare = 0.4;
const leastScore = 0.1;
/** Of two that help alike the shorter one goes first: there is room for others beside it. */
const density = 0.25;
const overhead = 80;
/** What is in the prompt already is worth more than a newcomer that is only a little better. */
const stays = 1.15;
/** A chunk stays as it is while so much of it would be chosen again. */
const keptShare = 0.6;

/**
 * The best pieces that fit, none shown twice, grouped by file. Chunks of the pack before come first and in their
 * order, so that its head stays byte for byte the same; then the new ones, the most useful last.
 */
export function compose(
  found: readonly Piece[],
  previous: readonly Chunk[],
  place: ContextPlace,
  characters: number,
): readonly Chunk[] {
  const before = new Set(previous.flatMap(({ pieces }) => pieces.map(identity)));
  const chosen = choose(found, before, place, characters);
  const wanted = new Map(chosen.map((piece) => [identity(piece), piece]));
  let room = characters;
  const kept = previous.flatMap((chunk) => {
    const useful = chunk.pieces.filter((piece) => wanted.has(identity(piece)));
    const size = sizeOf(chunk);
    if (size > room || lengthOf(useful) < keptShare * lengthOf(chunk.pieces)) return [];
    room -= size;
    // As they count now; those that only stay because their neighbours do count for nothing.
    return [{ ...chunk, pieces: chunk.pieces.map((piece) => wanted.get(identity(piece)) ?? { ...piece, score: 0 }) }];
  });
  const standing = new Set(kept.flatMap(({ pieces }) => pieces.map(identity)));
  const rest: Piece[] = [];
  const paths = new Set<string>();
  for (const piece of chosen) {
    if (standing.has(identity(piece))) continue;
    const size = piece.text.length + 2 + (paths.has(groupOf(piece)) ? 0 : piece.path.length + marks);
    if (size > room) continue;
    room -= size;
    paths.add(groupOf(piece));
    rest.push(piece);
  }
  return [...kept, ...grouped(rest)];
}

/** The same text of the same file is the same piece, wherever lines above it have moved it to. */
export function identity({ path, text }: Piece): string {
  return `${path}\n${text}`;
}

/** How much of a budget a file takes. */
export function sizeOf({ filename, text }: Pick<ContextFile, 'filename' | 'text'>): number {
  return filename.length + text.length + marks;
}

function choose(
  found: readonly Piece[],
  before: ReadonlySet<string>,
  place: ContextPlace,
  characters: number,
): readonly Piece[] {
  const shown = new ShownText(place);
  const value = (piece: Piece): number =>
    (piece.score * (before.has(identity(piece)) ? stays : 1)) / (piece.text.length + overhead) ** density;
  const ranked = found
    .filter(({ score }) => score >= leastScore)
    .map((piece) => ({ piece, value: value(piece) }))
    .sort((a, b) => b.value - a.value);
  const chosen: Piece[] = [];
  const lines = new Map<string, Piece[]>();
  const texts = new Set<string>();
  let room = characters;
  for (const { piece: whole } of ranked) {
    if (room < 40) break;
    const piece = fitting(whole, Math.floor(characters * largestShare));
    const others = lines.get(piece.uri) ?? [];
    if (others.some((other) => overlap(piece, other)) || texts.has(piece.text.trim())) continue;
    const visible = shown.newIn(piece);
    if (!visible || visible.text.length + piece.path.length + marks > room) continue;
    room -= visible.text.length + 2;
    if (others.length === 0) room -= piece.path.length + marks;
    lines.set(piece.uri, [...others, visible]);
    texts.add(piece.text.trim());
    chosen.push(visible);
  }
  return chosen;
}

/** Do they show lines that are the same? */
function overlap(a: Piece, b: Piece): boolean {
  const shared = Math.min(a.endLine, b.endLine) - Math.max(a.line, b.line);
  return shared > 0 && shared >= 0.3 * Math.min(a.endLine - a.line, b.endLine - b.line);
}

function fitting(piece: Piece, characters: number): Piece {
  return piece.text.length <= characters ? piece : { ...piece, text: upTo(piece.text, characters) };
}

function grouped(pieces: readonly Piece[]): readonly Chunk[] {
  const groups = new Map<string, Piece[]>();
  for (const piece of pieces) groups.set(groupOf(piece), [...(groups.get(groupOf(piece)) ?? []), piece]);
  const best = (group: readonly Piece[]): number => Math.max(...group.map(({ score }) => score));
  return [...groups.values()]
    .sort((a, b) => best(a) - best(b))
    .map((group) => {
      const inOrder = group.toSorted((a, b) => a.line - b.line);
      const text = inOrder.map((piece) => piece.text.replace(/\s+$/, '')).reduce(joined);
      const uris = [...new Set(group.map(({ uri }) => uri))];
      return { filename: group[0]?.path ?? '', text, uris, pieces: inOrder };
    });
}

/** Single lines one below the other, everything longer apart. */
function joined(before: string, text: string): string {
  return `${before}${text.includes('\n') ? '\n\n' : '\n'}${text}`;
}

function groupOf({ group, uri }: Piece): string {
  return group ?? uri;
}

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { text }) => sum + text.length, 0);
}
