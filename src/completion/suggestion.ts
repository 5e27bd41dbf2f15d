import { lineFeeds } from '../util/line-feeds.ts';
import type { CompletionDocument, CompletionQuery, Suggestion } from './document.ts';
import { coveredAfter } from './finish.ts';
import { blankEnds } from './postprocess/blank-ends.ts';
import { surplusIn } from './postprocess/block-end.ts';
import { linesBelow } from './postprocess/lines-below.ts';
import { restOfLine } from './postprocess/rest-of-line.ts';
import type { AtHand } from './remembered.ts';
import { describeSituation, type Situation } from './situation.ts';
import { scan } from './syntax/scan.ts';
import type { View } from './view.ts';

/** The part of a remembered answer that is still to come, fit to what stands after the cursor now; undefined = nothing is. */
export function suggestionOf(document: CompletionDocument, view: View, hit: AtHand): Suggestion | undefined {
  const { id, model } = hit.entry;
  const fitted = hit.sameAfter ? { text: hit.rest, replaceAfter: hit.entry.replaceAfter } : refit(document, view, hit);
  if (fitted === undefined || fitted.text === '') return undefined;
  const text = document.eol === '\n' ? fitted.text : fitted.text.replaceAll('\n', document.eol);
  return { id, model, text, replaceBefore: 0, replaceAfter: fitted.replaceAfter };
}

/** The editor closed a bracket behind the cursor, or one was written over: what the text repeats of it has changed. */
function refit(
  document: CompletionDocument,
  view: View,
  { rest, entry }: AtHand,
): { readonly text: string; readonly replaceAfter: number } | undefined {
  const situation = describeSituation({
    prefix: view.before.replace('\0', ''),
    suffix: view.after.replace('\0', ''),
    languageId: document.languageId,
    maxLines: Number.MAX_SAFE_INTEGER,
    eol: '\n',
    answer: 'fim',
    specialTokens: [],
  });
  let text = rest;
  for (const filter of [linesBelow, restOfLine, blankEnds]) {
    const result = filter(text, situation);
    if (typeof result !== 'string') return undefined;
    text = result;
  }
  const added = view.after.slice(0, Math.max(0, view.after.indexOf(entry.after)));
  if (/\n\s*[)\]}]/.test(added)) text = withoutClosed(text, situation);
  if (text.trim() === '') return undefined;
  return { text, replaceAfter: coveredAfter(text, situation) };
}

/** What the editor has closed on a line below by itself is not closed again, however the text's own line goes on: `);`. */
function withoutClosed(text: string, situation: Situation): string {
  const { tokens } = scan(text, situation.syntax, situation.within);
  const surplus = surplusIn(text, tokens, { ...situation, missing: 0 });
  return surplus === undefined ? text : text.slice(0, surplus).trimEnd();
}

/**
 * While the suggest widget is open, only what goes on from its selected item is shown, over the item's own range.
 * Undefined = the item already says all of it.
 */
export function onSelectedItem(
  document: CompletionDocument,
  query: CompletionQuery,
  suggestion: Suggestion,
): Suggestion | undefined {
  const { selected, offset } = query;
  if (!selected) return suggestion;
  const typed = lineFeeds(document.text(selected.start, offset));
  const text = typed + suggestion.text;
  if (text === selected.text) return undefined;
  return {
    ...suggestion,
    ...(!text.startsWith(selected.text) && { heldBack: true }),
    text,
    replaceBefore: offset - selected.start,
    replaceAfter: Math.max(suggestion.replaceAfter, selected.end - offset),
  };
}
