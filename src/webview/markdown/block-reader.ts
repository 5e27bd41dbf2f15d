import type { Token, Tokens } from 'marked';
import {
  type Cut,
  type CutFrom,
  cutLongBlock,
  type Limits,
  ordinaryLimits,
  plain,
  plainPieces,
} from './long-blocks.ts';
import { type OpenFence, openFence } from './open-fence.ts';
import { withoutEscapes } from './terminal-escapes.ts';

export type LinkDefinitions = Readonly<Record<string, { href: string | null; title?: string | null | undefined }>>;

/** Splits Markdown into its top-level blocks. `links` are definitions known from the text before it. */
export type Lex = (source: string, links: LinkDefinitions) => readonly Token[];

export interface Reading {
  /** Blocks in order, a dozen together. A group that did not change keeps its identity and is not drawn again. */
  readonly groups: readonly BlockGroup[];
  /** Not yet understood; shown as it stands. */
  readonly rest: string;
  /** There is more of the text than one call reads: call again. */
  readonly more: boolean;
}

export type BlockGroup = readonly Token[];
/** `slice`: so many letters are looked at in this call; a quarter of it in the first. */
export type BlockReader = (source: string, complete: boolean, slice?: number) => Reading;

/** A group is full with so many blocks, or with blocks of so many letters. */
const groupSize = 12;
const groupLetters = 6000;
/** A last block shorter than this is read anew with every piece of text. */
const shortBlock = 4096;
/** A longer one only after it grew by this share, which keeps the whole work linear. */
const growth = 1 / 16;

/**
 * Reads a growing text, a slice with each call. Only the last block is ever read again, and none grows without end:
 * however the text comes in pieces, the blocks are in the end the same. A text that does not continue the last one starts over.
 */
export function createBlockReader(lex: Lex, limits: Limits = ordinaryLimits): BlockReader {
  let state = stateWith({});
  let complete: { readonly source: string; readonly reading: Reading } | undefined;
  /** What was read before its definitions of links were known. */
  let firstReading: Reading | undefined;
  let last = { given: '', source: '' };

  return (given, isComplete, slice = limits.slice) => {
    if (given !== last.given) last = { given, source: readable(given) };
    const { source } = last;
    if (isComplete && complete?.source === source) return complete.reading;
    // Comparing slices is a hundred times faster here than startsWith.
    const continues = source.slice(0, state.source.length) === state.source;
    if (complete !== undefined || !continues || (firstReading !== undefined && source !== state.source)) {
      state = stateWith({});
      firstReading = undefined;
    }
    complete = undefined;
    state.source = source;
    // Little at first, so that the first words are seen at once.
    state.reach = Math.min(source.length, state.reach + Math.ceil(state.reach === 0 ? slice / 4 : slice));
    const atEnd = state.reach === source.length;
    const reading = readOn(state, isComplete && atEnd, lex, limits);
    if (!atEnd) return { ...(firstReading ?? reading), more: true };
    if (!isComplete) return reading;
    const links = { ...definitionsIn(state.pending), ...state.links };
    if (firstReading === undefined && Object.keys(links).length > 0) {
      firstReading = reading;
      state = stateWith(links);
      state.source = source;
      if (source.length > slice) return { ...firstReading, more: true };
      state.reach = source.length;
    }
    complete = {
      source,
      reading: state.groups.length + state.pending.length > 0 ? reading : readOn(state, true, lex, limits),
    };
    firstReading = undefined;
    return complete.reading;
  };
}

/** As Markdown has it: lines end alike, and nothing is meant for a terminal. */
function readable(given: string): string {
  const text = withoutEscapes(given);
  return text.includes('\r') ? text.replace(/\r$/, '').replace(/\r\n?/g, '\n') : text;
}

interface State {
  source: string;
  /** So far the text has been looked at. */
  reach: number;
  /** Blocks no later text can change, in full groups and in the one being filled. */
  readonly groups: BlockGroup[];
  filling: Token[];
  fillingLength: number;
  settledLength: number;
  /** The last block, what stands right above it, and blank lines after it. */
  pending: readonly Token[];
  pendingLength: number;
  fence: OpenFence | undefined;
  links: LinkDefinitions;
  /** Within a block that is too long to be understood: until a blank line all is shown as it stands. */
  isPlain: boolean;
  /** What the next block needs of the one it was cut from. */
  cutFrom: CutFrom | undefined;
}

const stateWith = (links: LinkDefinitions): State => ({
  source: '',
  reach: 0,
  groups: [],
  filling: [],
  fillingLength: 0,
  settledLength: 0,
  pending: [],
  pendingLength: 0,
  fence: undefined,
  links,
  isPlain: false,
  cutFrom: undefined,
});

const readingOf = (state: State, pending: readonly Token[], rest = ''): Reading => ({
  groups: [...state.groups, [...state.filling, ...pending]],
  rest,
  more: false,
});

function readOn(state: State, complete: boolean, lex: Lex, limits: Limits): Reading {
  const tail = state.source.slice(state.settledLength, state.reach);
  if (!complete) {
    if (state.fence !== undefined && !state.fence.isClosed(tail)) return readingOf(state, [state.fence.extended(tail)]);
    const grown = tail.length >= state.pendingLength * (1 + growth);
    if (state.fence === undefined && tail.length > shortBlock && !grown)
      return readingOf(state, state.pending, tail.slice(state.pendingLength));
  }
  readTail(state, tail, complete, lex, limits);
  return readingOf(state, state.pending);
}

/** All of a block that has come so far; the next letters can make it an item of the list before it. */
const beginningOfItem = /^\s*(?:[-*+]|\d{1,9}[.)]?)?\s*$/;

function readTail(state: State, whole: string, complete: boolean, lex: Lex, limits: Limits): void {
  const from = state.settledLength;
  for (;;) {
    const tail = whole.slice(state.settledLength - from);
    if (state.isPlain) {
      const { pieces, ended, left } = plainPieces(tail, complete, limits);
      for (const piece of pieces) settle(state, piece);
      state.isPlain = !ended;
      state.fence = undefined;
      if (ended) continue;
      hold(state, left === '' ? [] : [plain(left)]);
      return;
    }
    const tokens = lexOn(state, tail, lex);
    const pendingFrom = complete ? tokens.length : firstPending(state, tokens);
    if (cutFirstLong(state, tokens, pendingFrom, lex, limits)) continue;
    for (const token of tokens.slice(0, pendingFrom)) settle(state, token);
    hold(state, tokens.slice(pendingFrom));
    return;
  }
}

/** Settles what stands before the first block that is too long, and that block's pieces; false where none is. */
function cutFirstLong(state: State, tokens: readonly Token[], pendingFrom: number, lex: Lex, limits: Limits): boolean {
  const cutOf = (nth: number, open: boolean): Cut | undefined => {
    const token = tokens[nth];
    return token && cutLongBlock(token, open, limits, nth === 0 ? state.cutFrom : undefined);
  };
  const firstLong = tokens.findIndex((_, nth) => cutOf(nth, nth >= pendingFrom) !== undefined);
  if (firstLong < 0) return false;
  // What stands before a block that is long for certain is certain itself.
  const before = tokens.findIndex((_, nth) => nth < firstLong && cutOf(nth, false) !== undefined);
  const nth = before >= 0 ? before : firstLong;
  const cut = cutOf(nth, before < 0 && nth >= pendingFrom);
  if (cut === undefined) return false;
  for (const token of tokens.slice(0, nth)) settle(state, token);
  for (const { raw, cutFrom } of cut.pieces) {
    settleCut(state, lexOn(state, raw, lex), raw);
    state.cutFrom = cutFrom;
  }
  state.isPlain = cut.plainFollows;
  return true;
}

/** From which token on the letters to come may still change what it is. */
function firstPending(state: State, tokens: readonly Token[]): number {
  // Blank lines may yet turn out to belong to the block before them, as in a list.
  const last = tokens.findLastIndex((token) => token.type !== 'space');
  state.fence = openFence(tokens[last]);
  // What seems a table may yet turn out to belong to the lines right above it; a blank line or a fence parts for good.
  const lastPart = tokens.findLastIndex((token, index) => index < last && token.type === 'space') + 1;
  if (beginningOfItem.test(tokens[last]?.raw ?? '')) return 0;
  return state.fence === undefined ? lastPart : last;
}

function hold(state: State, pending: readonly Token[]): void {
  state.pending = pending;
  state.pendingLength = state.reach - state.settledLength;
}

/** The blocks of a text that follows what is settled; their `raw` is what of the text they take. */
function lexOn(state: State, source: string, lex: Lex): readonly Token[] {
  const { cutFrom } = state;
  switch (cutFrom?.type) {
    case undefined:
      return lex(source, state.links);
    case 'list': {
      const [first, ...others] = lex(source, state.links);
      if (first === undefined) return [];
      const goesOn = first.type === 'list' && first['ordered'] === true && cutFrom.number !== undefined;
      return [goesOn ? { ...first, start: cutFrom.number } : first, ...others];
    }
    case 'table': {
      const [first, ...others] = lex(cutFrom.head + source, state.links);
      if (first?.type !== 'table') return lex(source, state.links);
      const raw = first.raw.slice(cutFrom.head.length);
      const { rows } = first as Tokens.Table;
      return rows.length === 0 ? [{ type: 'space', raw }, ...others] : [{ ...first, raw }, ...others];
    }
  }
}

/** A piece of a list or table, which is read by itself: what follows must not decide how it looks. */
function settleCut(state: State, tokens: readonly Token[], raw: string): void {
  const before = state.settledLength;
  for (const token of tokens) settle(state, token);
  state.settledLength = before + raw.length;
}

function settle(state: State, token: Token): void {
  state.settledLength += token.raw.length;
  state.cutFrom = undefined;
  if (token.type === 'space') return;
  const defined = definitionsIn([token]);
  if (defined !== none) state.links = { ...defined, ...state.links };
  state.filling.push(token);
  state.fillingLength += token.raw.length;
  if (state.filling.length < groupSize && state.fillingLength < groupLetters) return;
  state.groups.push(state.filling);
  state.filling = [];
  state.fillingLength = 0;
}

const none: LinkDefinitions = {};

/** The first definition of a name counts. */
function definitionsIn(tokens: readonly Token[]): LinkDefinitions {
  let found = none;
  for (const token of tokens) {
    const more =
      token.type === 'def'
        ? { [token['tag']]: { href: token['href'], title: token['title'] } }
        : token.type === 'list'
          ? definitionsIn((token as Tokens.List).items)
          : token.type === 'blockquote' || token.type === 'list_item'
            ? definitionsIn(token.tokens ?? [])
            : none;
    if (more !== none) found = { ...more, ...found };
  }
  return found;
}
