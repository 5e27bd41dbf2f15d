import type { Token } from 'marked';
import { type OpenFence, openFence } from './open-fence.ts';

export type LinkDefinitions = Readonly<Record<string, { href: string | null; title?: string | null | undefined }>>;

/** Splits Markdown into its top-level blocks. `links` are definitions known from the text before it. */
export type Lex = (source: string, links: LinkDefinitions) => readonly Token[] & { readonly links: LinkDefinitions };

export interface Reading {
  /** Blocks in order, a few dozen together. A group that did not change keeps its identity and is not drawn again. */
  readonly groups: readonly BlockGroup[];
  /** Not yet understood; shown as it stands. */
  readonly rest: string;
}

export type BlockGroup = readonly Token[];
export type BlockReader = (source: string, complete: boolean) => Reading;

const groupSize = 32;
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
    // Comparing slices is a hundred times faster here than startsWith.
    const continues = source.slice(0, state.source.length) === state.source;
    if (state.complete !== undefined || !continues) state = emptyState();
    state.source = source;
    return complete ? readAll(state, lex) : readOn(state, lex);
  };
}

interface State {
  source: string;
  /** Blocks no later text can change, in full groups and in the one being filled. */
  readonly groups: BlockGroup[];
  filling: Token[];
  settledLength: number;
  /** The last block, what stands right above it, and blank lines after it. */
  pending: readonly Token[];
  pendingLength: number;
  fence: OpenFence | undefined;
  links: LinkDefinitions;
  /** Some block defined a link, perhaps one used further up. */
  definesLinks: boolean;
  complete: { readonly source: string; readonly reading: Reading } | undefined;
}

const emptyState = (): State => ({
  source: '',
  groups: [],
  filling: [],
  settledLength: 0,
  pending: [],
  pendingLength: 0,
  fence: undefined,
  links: {},
  definesLinks: false,
  complete: undefined,
});

const reading = (state: State, pending: readonly Token[], rest = ''): Reading => ({
  groups: [...state.groups, [...state.filling, ...pending]],
  rest,
});

function readOn(state: State, lex: Lex): Reading {
  const tail = state.source.slice(state.settledLength);
  if (state.fence !== undefined && !state.fence.isClosed(tail)) return reading(state, [state.fence.extended(tail)]);
  const grown = tail.length >= state.pendingLength * (1 + growth);
  if (state.fence === undefined && tail.length > shortBlock && !grown) {
    return reading(state, state.pending, tail.slice(state.pendingLength));
  }
  readTail(state, tail, lex);
  return reading(state, state.pending);
}

/** All of a block that has come so far; the next letters can make it an item of the list before it. */
const beginningOfItem = /^\s*(?:[-*+]|\d{1,9}[.)]?)?\s*$/;

function readTail(state: State, tail: string, lex: Lex): void {
  const tokens = lex(tail, state.links);
  state.definesLinks ||= Object.keys(tokens.links).length > 0;
  // Blank lines may yet turn out to belong to the block before them, as in a list.
  const last = tokens.findLastIndex((token) => token.type !== 'space');
  state.fence = openFence(tokens[last]);
  // What seems a table may yet turn out to belong to the lines right above it; a blank line or a fence parts for good.
  const lastPart = tokens.findLastIndex((token, index) => index < last && token.type === 'space') + 1;
  const mayGoOn = beginningOfItem.test(tokens[last]?.raw ?? '');
  const firstPending = mayGoOn ? 0 : state.fence === undefined ? lastPart : last;
  for (const token of tokens.slice(0, firstPending)) settle(state, token);
  state.pending = tokens.slice(firstPending);
  state.pendingLength = state.source.length - state.settledLength;
}

function settle(state: State, token: Token): void {
  state.settledLength += token.raw.length;
  if (token.type === 'space') return;
  if (token.type === 'def')
    state.links = { [token['tag']]: { href: token['href'], title: token['title'] }, ...state.links };
  state.filling.push(token);
  if (state.filling.length < groupSize) return;
  state.groups.push(state.filling);
  state.filling = [];
}

function readAll(state: State, lex: Lex): Reading {
  readTail(state, state.source.slice(state.settledLength), lex);
  const all = state.definesLinks ? { groups: [lex(state.source, {})], rest: '' } : reading(state, state.pending);
  state.complete = { source: state.source, reading: all };
  return all;
}
