import { Disposable, workspace } from 'vscode';
import type { Gateway } from '../../gateway/gateway.ts';
import type { BeforeImages } from '../../store/before-images.ts';
import type { HiddenBecause } from '../allowed-files.ts';
import type { Command } from '../command.ts';
import { applyCodeCommand } from './apply-code.ts';
import { EditReview } from './edit-review.ts';
import { ExactSave } from './exact-save.ts';
import { InlineEdits } from './inline-edit.ts';
import { BeforeDocuments, beforeScheme, reviewCommands } from './review-commands.ts';
import { ReviewDisplay } from './review-display.ts';
import { undoTurnCommand } from './undo-turn.ts';
import { WorkspaceEdits } from './workspace-edits.ts';

export interface OpenEdits extends Disposable {
  readonly edits: WorkspaceEdits;
  /** Rejects with words for the user. */
  run(id: Command['id'], argument: unknown): Promise<unknown>;
}

/** Everything that edits files and shows what was edited; made with the first edit of a window. */
export function openEdits(ports: {
  readonly gateway: Gateway;
  readonly images: BeforeImages;
  readonly hiddenBecause: HiddenBecause;
}): OpenEdits {
  const { gateway, images, hiddenBecause } = ports;
  const review = new EditReview();
  const exactSave = new ExactSave();
  const edits = new WorkspaceEdits(images, review, exactSave, hiddenBecause);
  const inline = new InlineEdits({ gateway, edits, review, hiddenBecause });
  const parts = Disposable.from(
    review,
    exactSave,
    new ReviewDisplay(review),
    inline,
    workspace.registerTextDocumentContentProvider(beforeScheme, new BeforeDocuments(review)),
  );
  const commands = [
    ...reviewCommands(review),
    ...inline.commands,
    applyCodeCommand({ gateway, edits, hiddenBecause }),
    undoTurnCommand(images, review),
  ];
  return {
    edits,
    run: async (id, argument) => commands.find((command) => command.id === id)?.run(argument),
    dispose: () => parts.dispose(),
  };
}
