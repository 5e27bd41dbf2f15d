import { lineFeeds } from '../util/line-feeds.ts';
import type { CompletionDocument, Suggestion } from './document.ts';
import type { RememberedAnswers, Wanted } from './remembered.ts';
import { suggestionOf } from './suggestion.ts';
import type { View } from './view.ts';

/** With no more than this left to type, an editor that asks anew with the last key would show nothing for some frames. */
const nearlyTyped = 3;

/** A suggestion that is nearly typed, with the one behind it where that is at hand, so that ghost text does not go between the two. */
export function followed(
  suggestion: Suggestion,
  answers: RememberedAnswers,
  wanted: Wanted,
  { document, view }: { readonly document: CompletionDocument; readonly view: View },
): Suggestion {
  if (suggestion.text.length > nearlyTyped) return suggestion;
  const then: View = {
    offset: view.offset + suggestion.text.length,
    before: view.before + lineFeeds(suggestion.text),
    after: view.after.slice(suggestion.replaceAfter),
  };
  const hit = answers.find(wanted, then);
  const followedBy = hit && suggestionOf(document, then, hit);
  if (!followedBy || followedBy.id === suggestion.id) return suggestion;
  return {
    ...suggestion,
    text: suggestion.text + followedBy.text,
    replaceAfter: suggestion.replaceAfter + followedBy.replaceAfter,
    followedBy,
  };
}
