import { Disposable } from 'vscode';
import type { Gateway } from '../../gateway/gateway.ts';
import type { HiddenBecause } from '../allowed-files.ts';
import type { Command } from '../command.ts';
import type { WorkspaceEdits } from '../edits/workspace-edits.ts';
import { ReviewChanges } from '../review/review-changes.ts';
import { ReviewComments } from '../review/review-comments.ts';
import { CommitMessages } from './commit-message.ts';

export interface GitCommands extends Disposable {
  /** Rejects with words for the user. */
  run(id: Command['id'], argument: unknown): Promise<unknown>;
}

/** Commit messages and reviews; made with the first of them in a window. */
export function openGitCommands(ports: {
  readonly gateway: Gateway;
  readonly hiddenBecause: HiddenBecause;
  readonly edits: () => Promise<WorkspaceEdits>;
}): GitCommands {
  const messages = new CommitMessages(ports.gateway, ports.hiddenBecause);
  const comments = new ReviewComments(ports.edits);
  const review = new ReviewChanges(ports, comments);
  const parts = Disposable.from(messages, comments, review);
  const commands = [...messages.commands, ...comments.commands, review.command];
  return {
    run: async (id, argument) => commands.find((command) => command.id === id)?.run(argument),
    dispose: () => parts.dispose(),
  };
}
