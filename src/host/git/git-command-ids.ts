import type { Command } from '../command.ts';

/** The commands that work on git's changes: known at once, made with the first use. */
export const gitCommandIds = [
  'tutti.generateCommitMessage',
  'tutti.cancelCommitMessage',
  'tutti.reviewChanges',
  'tutti.applyFinding',
  'tutti.dismissFinding',
  'tutti.clearReview',
] as const satisfies readonly Command['id'][];
