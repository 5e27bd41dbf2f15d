import type { SuggestTrigger } from '../../protocol/suggestion.ts';

/** What the cursor stands behind, e.g. `@car`. */
export interface SuggestQuery {
  readonly trigger: SuggestTrigger;
  /** Where the trigger stands in the text. */
  readonly start: number;
  /** Where the query ends: the cursor. */
  readonly end: number;
  readonly query: string;
}

/** The last word before the cursor, if it begins with `@`, or with `/` as the first of the message; an address in mail is none. */
export function suggestQueryAt(text: string, cursor: number): SuggestQuery | undefined {
  const [, word = ''] = /(?:^|[\s([{"'`])([@/][^\s]*)$/.exec(text.slice(0, cursor)) ?? [];
  const trigger = word[0];
  const start = cursor - word.length;
  if (trigger !== '@' && trigger !== '/') return undefined;
  if (trigger === '/' && start > 0) return undefined;
  return { trigger, start, end: cursor, query: word.slice(1) };
}

/** The text with `text` in the place of what was typed; the cursor goes behind it. */
export function replaceQuery(
  draft: string,
  { start, end }: SuggestQuery,
  text: string,
): { readonly text: string; readonly cursor: number } {
  const rest = draft.slice(end);
  // A space that is there already serves.
  const put = text.endsWith(' ') && rest.startsWith(' ') ? text.slice(0, -1) : text;
  return { text: draft.slice(0, start) + put + rest, cursor: start + text.length };
}
