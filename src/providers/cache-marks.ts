import type { Model } from '../llm/model.ts';
import type { Parameters } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';

/** Anthropic's word for the end of a stretch of the prompt that is to be kept for the next turn. */
export const cacheControl = { cache_control: { type: 'ephemeral' } } as const;

/** The name by which marks are left out, whatever the wire calls them: by a lesson or by the user's `omit`. */
export const cacheMarksName = 'cache_control';

/** Fewer tokens are kept by no vendor; where one wants more, a mark that comes too early counts for nothing. */
const leastTokens = 512;
const charactersPerToken = 4;

/** Whether the prompts of this model are to be marked. Who writes a part of the prompt by hand marks it himself. */
export function areMarked({ endpoint, facts }: Model, { omit, extraBody }: Parameters): boolean {
  if (omit?.includes(cacheMarksName) || (extraBody && handWritten.some((name) => Object.hasOwn(extraBody, name)))) {
    return false;
  }
  const { cacheMarks = 'never' } = endpoint.quirks;
  return cacheMarks === 'always' || (cacheMarks === 'priced' && (facts.price?.cacheWrite ?? 0) > 0);
}

const handWritten = [cacheMarksName, 'system', 'messages', 'tools', 'toolConfig'] as const;

/** Where the four marks go that a request may have. */
export interface Marks {
  readonly tools: boolean;
  readonly system: boolean;
  /** Indices of turns. */
  readonly turns: ReadonlySet<number>;
}

export const noMarks: Marks = { tools: false, system: false, turns: new Set() };

/**
 * After the tools, after the system prompt, and after the last two turns of the user: the older of the two finds what
 * the request before has put away, the newer puts this one away. Nothing is marked that is too short to be kept.
 */
export function marksFor(
  tools: readonly JsonObject[],
  system: string | undefined,
  turns: readonly { readonly isUser: boolean; readonly written: unknown }[],
): Marks {
  let length = tools.length === 0 ? 0 : lengthOf(tools);
  const isLongEnough = (): boolean => length >= leastTokens * charactersPerToken;
  const afterTools = tools.length > 0 && isLongEnough();
  length += system?.length ?? 0;
  const afterSystem = system !== undefined && system !== '' && isLongEnough();
  const ends: number[] = [];
  for (const [at, { isUser, written }] of turns.entries()) {
    length += lengthOf(written);
    if (isUser && isLongEnough()) ends.push(at);
  }
  return { tools: afterTools, system: afterSystem, turns: new Set(ends.slice(-2)) };
}

/** The same list with its last member changed. */
export function withLast<T>(list: readonly T[], change: (last: T) => T): readonly T[] {
  return list.map((member, at) => (at === list.length - 1 ? change(member) : member));
}

const lengthOf = (written: unknown): number => JSON.stringify(written).length;
