import { type NotebookCell as EditorCell, NotebookCellKind, type Uri } from 'vscode';
import type { NotebookCell } from '../context/ports.ts';
import { lineFeeds } from '../util/line-feeds.ts';
import { notebookOf } from './document-path.ts';

const mostCharacters = 40_000;

export interface CellsAround {
  readonly before: readonly NotebookCell[];
  readonly after: readonly NotebookCell[];
}

/** The sources of the cells around one, in order, the near ones first to stay; what a cell has put out is never read. */
export function cellsAround(uri: Uri): CellsAround {
  const key = uri.toString();
  const cells = notebookOf(uri)?.getCells() ?? [];
  const own = cells.findIndex(({ document }) => document.uri.toString() === key);
  if (own < 0) return { before: [], after: [] };
  return {
    before: nearest(cells.slice(0, own).reverse()).toReversed(),
    after: nearest(cells.slice(own + 1)),
  };
}

/** As many cells as are allowed; none is cut. */
function nearest(cells: readonly EditorCell[]): readonly NotebookCell[] {
  const taken: NotebookCell[] = [];
  let characters = 0;
  for (const { kind, document } of cells) {
    const text = lineFeeds(document.getText());
    characters += text.length;
    if (characters > mostCharacters) break;
    taken.push({ languageId: document.languageId, kind: kind === NotebookCellKind.Code ? 'code' : 'markup', text });
  }
  return taken;
}
