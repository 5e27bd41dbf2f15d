import { useEffect, useRef, useState } from 'preact/hooks';
import type { Suggestion, SuggestionGroup } from '../../protocol/suggestion.ts';
import type { ToWebview } from '../../protocol/to-webview.ts';
import { useActions } from '../actions.ts';
import { type SuggestQuery, suggestQueryAt } from './suggest-query.ts';

export type SuggestionsAnswer = Extract<ToWebview, { type: 'suggestions' }>;

/** The list that is open behind `@` or `/`. */
export interface OpenSuggestions {
  readonly query: SuggestQuery;
  readonly groups: readonly SuggestionGroup[];
  readonly active: number;
}

export interface Suggestions {
  readonly open: OpenSuggestions | undefined;
  /** To be told after every change of the text or the cursor. */
  moved(text: string, cursor: number): void;
  point(place: number): void;
  close(): void;
}

/** Of the page: later questions have higher numbers. */
let lastId = 0;

const pageSize = 8;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageSize, PageUp: -pageSize };

/** Asks the host what fits; an answer to older letters is not shown, what was shown stays until the new one is there. */
export function useSuggestions(answer: SuggestionsAnswer | undefined): Suggestions {
  const { post } = useActions();
  const [open, setOpen] = useState<OpenSuggestions | undefined>(undefined);
  const asked = useRef<{ readonly id: number; readonly query: SuggestQuery }>(undefined);
  /** Escape holds until the cursor is elsewhere. */
  const closedAt = useRef<number>(undefined);

  useEffect(() => {
    if (answer === undefined || asked.current?.id !== answer.id) return;
    const { query } = asked.current;
    setOpen({ query, groups: answer.groups, active: firstChoice(answer.groups) });
  }, [answer]);

  const close = () => {
    asked.current = undefined;
    setOpen(undefined);
  };
  return {
    open,
    close: () => {
      closedAt.current = (open ?? asked.current)?.query.start;
      close();
    },
    point: (active) => setOpen((before) => before && { ...before, active }),
    moved: (text, cursor) => {
      const query = suggestQueryAt(text, cursor);
      if (query === undefined) closedAt.current = undefined;
      if (query === undefined || query.start === closedAt.current) {
        close();
        return;
      }
      const before = asked.current?.query;
      if (before?.query === query.query && before.start === query.start && before.trigger === query.trigger) return;
      asked.current = { id: ++lastId, query };
      post({ type: 'suggest', id: lastId, trigger: query.trigger, query: query.query });
    },
  };
}

/** Where the arrow keys lead from here; undefined = the key is none of them. */
export function stepFrom({ groups, active }: OpenSuggestions, key: string): number | undefined {
  const step = steps[key];
  if (step === undefined) return undefined;
  return Math.min(allOf(groups).length - 1, Math.max(0, active + step));
}

export function chosenOf({ groups, active }: OpenSuggestions): Suggestion | undefined {
  const chosen = allOf(groups)[active];
  return chosen?.unavailable === undefined ? chosen : undefined;
}

const allOf = (groups: readonly SuggestionGroup[]): readonly Suggestion[] =>
  groups.flatMap(({ suggestions }) => suggestions);

function firstChoice(groups: readonly SuggestionGroup[]): number {
  return Math.max(
    0,
    allOf(groups).findIndex(({ unavailable }) => unavailable === undefined),
  );
}
