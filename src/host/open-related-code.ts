import { Disposable, window } from 'vscode';
import { RecentEdits } from '../context/recent-edits.ts';
import { RelatedCode } from '../context/related-code.ts';
import type { RelatedContext } from '../context/related-context.ts';
import type { HiddenBecause } from './allowed-files.ts';
import { EditsFeed } from './edits-feed.ts';
import { EditorCode } from './workspace-code.ts';

export interface OpenRelatedCode extends RelatedContext, Disposable {
  /** To be told when the rules of hiding are others: nothing that was read counts any more. */
  forget(): void;
}

/** Begins to watch what is seen and edited, and gathers from it and from the languages' providers what may help. */
export function openRelatedCode(hiddenBecause: HiddenBecause): OpenRelatedCode {
  const edits = new RecentEdits();
  // A language server that has only just started is slower than anybody waits for.
  const code = new EditorCode(hiddenBecause, (uri) => related.moved(uri));
  const feed = new EditsFeed(edits, hiddenBecause);
  const related: RelatedCode = new RelatedCode(code, edits);
  // Who comes back from another file has seen or changed something there.
  const switched = window.onDidChangeActiveTextEditor((editor) => {
    if (editor) related.moved(editor.document.uri.toString());
  });
  return {
    pack: (place, characters, signal) => related.pack(place, characters, signal),
    moved: (uri) => related.moved(uri),
    forget: () => {
      code.forget();
      related.forget();
      feed.forget();
    },
    dispose: () => Disposable.from(code, feed, switched).dispose(),
  };
}
