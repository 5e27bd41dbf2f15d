import type { Command } from '../command.ts';

/** The commands that edits bring: known at once, made with the first use. */
export const editCommandIds = [
  'tutti.inlineEdit',
  'tutti.followUpEdit',
  'tutti.cancelEdit',
  'tutti.applyCode',
  'tutti.keepHunk',
  'tutti.undoHunk',
  'tutti.keepEdits',
  'tutti.undoEdits',
  'tutti.nextHunk',
  'tutti.previousHunk',
  'tutti.showEdits',
  'tutti.undoTurn',
] as const satisfies readonly Command['id'][];
