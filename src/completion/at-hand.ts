import type { CallEnd } from './call.ts';
import type { CompletionDocument, CompletionQuery, Suggestion } from './document.ts';
import type { RememberedAnswers, Wanted } from './remembered.ts';
import { onSelectedItem, suggestionOf } from './suggestion.ts';
import type { View } from './view.ts';

/** How a call can end without asking a model. */
export type AnswerAtHand = CallEnd & { readonly suggestion?: Suggestion };

/** What is remembered for a place, fit to show; or the reason why nothing; undefined = a model has to be asked. */
export function answerAtHand(
  answers: RememberedAnswers,
  wanted: Wanted,
  { document, query, view }: { document: CompletionDocument; query: CompletionQuery; view: View },
): AnswerAtHand | undefined {
  const hit = answers.find(wanted, view);
  if (!hit) return undefined;
  const suggestion = suggestionOf(document, view, hit);
  if (!suggestion) {
    const reason = hit.entry.reason || 'The rest of the suggestion already stands after the cursor.';
    // Asked for by hand, a model may think again.
    return query.trigger === 'invoke' ? undefined : { outcome: 'nothing', reason };
  }
  const shown = onSelectedItem(document, query, suggestion);
  if (!shown) return { outcome: 'nothing', reason: 'The suggest widget is open, and its item is another one.' };
  const source = hit.entry.id === wanted.shownId ? 'typed-along' : 'cache';
  const { id, text } = shown;
  const { request } = hit.entry;
  const reason = `Shown, by ${shown.model}.`;
  return { outcome: 'shown', reason, source, text, suggestionId: id, suggestion: shown, request };
}
