import type { Token } from 'marked';
import { type OpenFence, openFence } from './open-fence.ts';

/** Splits Markdown into its top-level blocks. Link definitions are read from and added to `links`. */
export type Lex = (source: string, links: LinkDefinitions) => readonly Token[];
export type LinkDefinitions = Record<string, { href: string | null; title?: string | null | undefined }>;

export interface Reading {
  /** A block that did not change keeps its identity from one reading to the next, so it is not drawn again. */
  readonly blocks: readonly Token[];
  /** Not yet understood; shown as it stands. */
  readonly rest: string;
}

export type BlockReader = (source: string, complete: boolean) => Reading;

/** A last block shorter than this is read anew with every piece of text. */
const shortBlock = 4096;
/** A longer one only after it grew by this share, which keeps the whole work linear. */
const growth = 1 / 16;

/** Reads a growing text. Only the last block is ever read again; a text that does not continue the last one starts over. */
export function createBlockReader(lex: Lex): BlockReader {
  let state = emptyState();

  return (given, complete) => {
    const source = given.includes('\r') ? given.replace(/\r$/, '').replace(/\r\n?/g, '\n') : given;
    if (state.complete?.source === source && complete) return state.complete.reading;
    if (state.complete !== undefined || !source.startsWith(state.source)) state = emptyState();
    state.source = source;
    return complete ? readAll(state, lex) : readOn(state, lex);
  };
}

interface State {
  source: string;
  /** Blocks no later text can change. */
  readonly settled: Token[];
  settledLength: number;
  /** The last block, and blank lines after it. */
  pending: readonly Token[];
  pendingLength: number;
  fence: OpenFence | undefined;
  readonly links: LinkDefinitions;
  complete: { readonly source: string; readonly reading: Reading } | undefined;
}

const emptyState = (): State => ({
  source: '',
  settled: [],
  settledLength: 0,
  pending: [],
  pendingLength: 0,
  fence: undefined,
  links: {},
  complete: undefined,
});

function readOn(state: State, lex: Lex): Reading {
  const tail = state.source.slice(state.settledLength);
  if (state.fence !== undefined && !state.fence.isClosed(tail)) {
    return { blocks: [...state.settled, state.fence.extended(tail)], rest: '' };
  }
  const grown = tail.length >= state.pendingLength * (1 + growth);
  const rest = state.fence === undefined && tail.length > shortBlock && !grown ? tail.slice(state.pendingLength) : '';
  if (rest === '') readTail(state, tail, lex);
  return { blocks: [...state.settled, ...state.pending], rest };
}

function readTail(state: State, tail: string, lex: Lex): void {
  const tokens = lex(tail, state.links);
  // Blank lines may yet turn out to belong to the block before them, as in a list.
  const lastBlock = Math.max(
    0,
    tokens.findLastIndex((token) => token.type !== 'space'),
  );
  for (const token of tokens.slice(0, lastBlock)) {
    state.settled.push(token);
    state.settledLength += token.raw.length;
  }
  state.pending = tokens.slice(lastBlock);
  state.pendingLength = state.source.length - state.settledLength;
  const last = state.pending[0];
  state.fence = last === undefined ? undefined : openFence(last);
}

/** A definition may come after its use, so a text that has any is read once more as a whole. */
function readAll(state: State, lex: Lex): Reading {
  readTail(state, state.source.slice(state.settledLength), lex);
  const forwardLinks = Object.keys(state.links).length > 0;
  const blocks = forwardLinks ? lex(state.source, state.links) : [...state.settled, ...state.pending];
  const reading = { blocks, rest: '' };
  state.complete = { source: state.source, reading };
  return reading;
}
