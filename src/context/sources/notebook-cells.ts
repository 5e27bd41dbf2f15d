import { upTo } from '../outline.ts';
import type { ContextSource, Piece, SourceQuery } from '../piece.ts';
import type { NotebookCell, WorkspaceCode } from '../ports.ts';

const longestCell = 2000;

/** The other cells of a notebook, in their order; the nearest before the cursor count most. */
export class NotebookCells implements ContextSource {
  readonly name = 'notebook cells';
  readonly #workspace: WorkspaceCode;

  constructor(workspace: WorkspaceCode) {
    this.#workspace = workspace;
  }

  async find({ place }: SourceQuery, deliver: (pieces: readonly Piece[]) => void): Promise<void> {
    const { before, after } = await this.#workspace.cellsAround(place.uri);
    const piece = (cell: NotebookCell, index: number, distance: number, side: 'before' | 'after'): readonly Piece[] => {
      if (cell.text.trim() === '') return [];
      const best = (side === 'before' ? 0.97 : 0.6) * (cell.kind === 'code' ? 1 : 0.9);
      return [
        {
          uri: `${place.uri} ${side}`,
          path: place.path,
          line: index,
          endLine: index + 1,
          text: upTo(cell.text, longestCell),
          score: best / (1 + distance / 20),
          group: `cells ${side} ${place.uri}`,
        },
      ];
    };
    deliver([
      ...before.flatMap((cell, index) => piece(cell, index, before.length - 1 - index, 'before')),
      ...after.flatMap((cell, index) => piece(cell, index, index, 'after')),
    ]);
  }

  forget(): void {
    // Cells are asked for anew every time.
  }
}
