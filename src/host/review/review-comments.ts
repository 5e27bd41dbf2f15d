import * as l10n from '@vscode/l10n';
import {
  CommentMode,
  type CommentThread,
  CommentThreadCollapsibleState,
  CommentThreadState,
  commands,
  comments,
  type Disposable,
  MarkdownString,
  Range,
  type Uri,
  workspace,
} from 'vscode';
import { anchorLine } from '../../edits/anchor-line.ts';
import type { Hunk } from '../../edits/edit.ts';
import type { Finding } from '../../edits/read/finding-reader.ts';
import { isObject } from '../../util/json.ts';
import type { Command } from '../command.ts';
import type { WorkspaceEdits } from '../edits/workspace-edits.ts';

interface Remark {
  readonly thread: CommentThread;
  readonly hunks: readonly Hunk[];
}

/** A review's findings as comments in the editor; those with a change can be applied. */
export class ReviewComments implements Disposable {
  readonly #controller = comments.createCommentController('tutti.review', 'Tutti');
  readonly #edits: () => Promise<WorkspaceEdits>;
  readonly #remarks = new Set<Remark>();

  constructor(edits: () => Promise<WorkspaceEdits>) {
    this.#edits = edits;
  }

  dispose(): void {
    this.clear();
    this.#controller.dispose();
  }

  get commands(): readonly Command[] {
    return [
      { id: 'tutti.applyFinding', run: (argument) => this.#apply(argument) },
      { id: 'tutti.dismissFinding', run: (argument) => this.#dismiss(this.#remarkOf(argument)) },
      { id: 'tutti.clearReview', run: () => this.clear() },
    ];
  }

  /** Shows a finding at the line it quotes, wherever that stands by now. */
  async add(uri: Uri, finding: Finding): Promise<void> {
    const text = await workspace.openTextDocument(uri).then(
      (document) => document.getText(),
      () => '',
    );
    const line = anchorLine(text, finding.line, finding.quotes);
    const at = Math.max(0, (line ?? 1) - 1);
    const comment = {
      author: { name: 'Tutti' },
      body: bodyOf(finding, line !== undefined),
      mode: CommentMode.Preview,
    };
    const thread = this.#controller.createCommentThread(uri, new Range(at, 0, at, 0), [comment]);
    thread.label = l10n.t('Review');
    thread.canReply = false;
    thread.state = CommentThreadState.Unresolved;
    thread.contextValue = finding.hunks.length > 0 ? 'suggests' : 'remarks';
    thread.collapsibleState = CommentThreadCollapsibleState.Expanded;
    this.#remarks.add({ thread, hunks: finding.hunks });
    this.#tellContext();
  }

  clear(): void {
    for (const { thread } of this.#remarks) thread.dispose();
    this.#remarks.clear();
    this.#tellContext();
  }

  async #apply(argument: unknown): Promise<void> {
    const remark = this.#remarkOf(argument);
    if (!remark) return;
    const { thread, hunks } = remark;
    const edits = await this.#edits();
    const outcome = await edits.apply(`review-${crypto.randomUUID()}`, [{ kind: 'change', hunks }], thread.uri);
    if ('told' in outcome) throw new Error(outcome.told);
    thread.contextValue = 'applied';
    thread.label = l10n.t('Review: applied');
    thread.state = CommentThreadState.Resolved;
    thread.collapsibleState = CommentThreadCollapsibleState.Collapsed;
  }

  #dismiss(remark: Remark | undefined): void {
    if (!remark) return;
    remark.thread.dispose();
    this.#remarks.delete(remark);
    this.#tellContext();
  }

  /** Menus hand over the thread itself, or an object that has it; from a key, the only one there is. */
  #remarkOf(argument: unknown): Remark | undefined {
    const thread = isObject(argument) && 'thread' in argument ? argument['thread'] : argument;
    const remarks = [...this.#remarks];
    return remarks.find((remark) => remark.thread === thread) ?? (argument === undefined ? remarks[0] : undefined);
  }

  #tellContext(): void {
    void commands.executeCommand('setContext', 'tutti.hasReview', this.#remarks.size > 0);
  }
}

function bodyOf({ text, hunks, problem, line }: Finding, isPlaced: boolean): MarkdownString {
  // A picture in it would be fetched from wherever the text says.
  const body = new MarkdownString(text.replace(/!+(?=\[)/g, ''));
  for (const { search, replace } of hunks) body.appendCodeblock(asDiff(search, replace), 'diff');
  if (!isPlaced)
    body.appendMarkdown(`\n\n_${l10n.t('The line it is about was not found; the reply names line {0}.', line)}_`);
  if (problem !== undefined)
    body.appendMarkdown(`\n\n_${l10n.t('The change it suggests cannot be read: {0}', problem)}_`);
  return body;
}

function asDiff(search: string, replace: string): string {
  const lines = (text: string, mark: string): string[] =>
    text === ''
      ? []
      : text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => `${mark}${line}`);
  return [...lines(search, '-'), ...lines(replace, '+')].join('\n');
}
