import * as l10n from '@vscode/l10n';
import type { CallEnd } from './call.ts';
import type { CompletionDocument, CompletionQuery, Suggestion } from './document.ts';
import { followed } from './followed.ts';
import type { RememberedAnswers, Wanted } from './remembered.ts';
import { onSelectedItem, suggestionOf } from './suggestion.ts';
import type { View } from './view.ts';

/** How a call can end without asking a model. */
export type AnswerAtHand = CallEnd & { readonly suggestion?: Suggestion; readonly heldBack?: Suggestion };

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
    const reason = hit.entry.reason || l10n.t('The rest of the suggestion already stands after the cursor.');
    // Asked for by hand, a model may think again.
    return query.trigger === 'invoke' ? undefined : { outcome: 'nothing', reason };
  }
  const shown = onSelectedItem(document, query, suggestion);
  if (!shown || shown.heldBack) {
    const reason = l10n.t('The suggest widget is open, and its item is another one.');
    // Back at the item it goes on from, the editor may not ask again: it keeps the answer that came last, for whichever item.
    const isOurs = hit.entry.id === wanted.shownId;
    return { outcome: 'nothing', reason, ...(shown && isOurs && { heldBack: shown }) };
  }
  const source = hit.entry.id === wanted.shownId ? 'typed-along' : 'cache';
  const isTyped = source === 'typed-along' && hit.typed !== '' && !query.selected;
  const whole = isTyped ? followed(shown, answers, wanted, { document, view }) : shown;
  const { id, text } = whole;
  const { request } = hit.entry;
  const reason = l10n.t('Shown, by {0}.', shown.model);
  return { outcome: 'shown', reason, source, text, suggestionId: id, suggestion: whole, request };
}
