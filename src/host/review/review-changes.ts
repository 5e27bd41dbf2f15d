import * as l10n from '@vscode/l10n';
import { commands, type Disposable, ProgressLocation, window, workspace } from 'vscode';
import { reviewRequest } from '../../chat/review-request.ts';
import { diffParts } from '../../edits/diff-parts.ts';
import { numbered } from '../../edits/file-diff.ts';
import { FindingReader, type ReadFinding } from '../../edits/read/finding-reader.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { stringAt } from '../../util/json.ts';
import type { HiddenBecause } from '../allowed-files.ts';
import type { Command } from '../command.ts';
import { type AllowedDiffs, allowedDiffs, type Changes } from '../git/allowed-diffs.ts';
import { replyTo, roomFor } from '../git/ask-in-parts.ts';
import { type CommitRepository, chosenRepository } from '../git/commit-repository.ts';
import { signalOf } from '../signal-of.ts';
import { askWhatToReview } from './ask-what-to-review.ts';
import type { ReviewComments } from './review-comments.ts';

interface ReviewPorts {
  readonly gateway: Gateway;
  readonly hiddenBecause: HiddenBecause;
}

interface Reviewed {
  readonly found: number;
  readonly unreadable: readonly string[];
  readonly left: readonly string[];
}

/** A change so long is not read to its end: each part is a request. */
const mostParts = 8;

/**
 * `{repository?, base?, changes?: 'staged' | 'working'}`: has a model review changes; its findings come as comments while it
 * writes. The model of the role `chat` is asked: to judge code takes more than what small edits are made with.
 */
export class ReviewChanges implements Disposable {
  readonly #ports: ReviewPorts;
  readonly #comments: ReviewComments;
  #running: AbortController | undefined;

  constructor(ports: ReviewPorts, comments: ReviewComments) {
    this.#ports = ports;
    this.#comments = comments;
  }

  get command(): Command {
    return { id: 'tutti.reviewChanges', run: (argument) => this.#begin(argument) };
  }

  dispose(): void {
    this.#running?.abort();
  }

  async #begin(argument: unknown): Promise<void> {
    const repository = await chosenRepository(argument);
    const changes = repository && (changesIn(argument) ?? (await askWhatToReview(repository)));
    if (!repository || !changes) return;
    this.#running?.abort();
    const abort = new AbortController();
    this.#running = abort;
    this.#comments.clear();
    const title = l10n.t('Reviewing changes');
    const reviewed = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        const signal = AbortSignal.any([abort.signal, signalOf(token)]);
        return this.#review(repository, changes, signal, (message) => progress.report({ message }));
      },
    );
    if (reviewed) void tell(reviewed);
  }

  async #review(
    repository: CommitRepository,
    changes: Changes,
    signal: AbortSignal,
    report: (message: string) => void,
  ): Promise<Reviewed | undefined> {
    const { gateway, hiddenBecause } = this.#ports;
    const read = await allowedDiffs(repository, changes, hiddenBecause, signal);
    if (signal.aborted) return undefined;
    if (read.diffs.length === 0) throw new Error(nothingToReview(read));
    const files = read.uris.map((uri) => uri.toString());
    const uriOf = new Map(read.diffs.map(({ path }, index) => [path, read.uris[index]]));
    const lined = read.diffs.map((diff) => ({ ...diff, hunks: numbered(diff.hunks) }));
    const { parts, cut } = diffParts(lined, await roomFor(gateway, 'chat'), mostParts);
    let found = 0;
    const unreadable: string[] = [];
    const take = async (findings: readonly ReadFinding[]): Promise<void> => {
      for (const row of findings) {
        const uri = row.kind === 'finding' ? uriOf.get(row.finding.path) : undefined;
        if (signal.aborted) return;
        if (row.kind === 'unreadable') unreadable.push(row.text);
        else if (uri) {
          await this.#comments.add(uri, row.finding);
          report(l10n.t('Comments so far: {0}', ++found));
        }
      }
    };
    for (const [index, part] of parts.entries()) {
      if (parts.length > 1) report(l10n.t('Part {0} of {1}', index + 1, parts.length));
      const reader = new FindingReader([...uriOf.keys()]);
      // One after the other, in the order in which they come.
      let shown = Promise.resolve();
      const show = (findings: readonly ReadFinding[]): void => {
        shown = shown.then(() => take(findings));
      };
      const ask = { role: 'chat', request: reviewRequest(part, aboutOf(changes)), files } as const;
      const reply = await replyTo(gateway, ask, signal, (text) => show(reader.push(text)));
      if (reply !== undefined) show(reader.end());
      await shown;
      if (reply === undefined) return undefined;
    }
    return { found, unreadable, left: leftOut(read, cut.length) };
  }
}

function changesIn(argument: unknown): Changes | undefined {
  const base = stringAt(argument, 'base');
  if (base !== undefined) return { base };
  const changes = stringAt(argument, 'changes');
  return changes === 'staged' || changes === 'working' ? changes : undefined;
}

/** For the model. */
function aboutOf(changes: Changes): string {
  if (changes === 'staged') return 'The changes that are staged for the next commit:';
  return changes === 'working' ? 'The changes that are not committed yet:' : `The changes since ${changes.base}:`;
}

function nothingToReview({ hidden }: AllowedDiffs): string {
  return hidden > 0
    ? l10n.t('All changed files are hidden from models (.tuttiignore or your settings).')
    : l10n.t('There are no changes to review. Change or stage a file first, or choose a branch to compare with.');
}

function leftOut({ hidden, more }: AllowedDiffs, cut: number): readonly string[] {
  return [
    ...(hidden > 0 ? [l10n.t('Changed files left out because they are hidden from models: {0}.', hidden)] : []),
    ...(cut + more > 0 ? [l10n.t('Files too long to be read whole: {0}.', cut + more)] : []),
  ];
}

async function tell({ found, unreadable, left }: Reviewed): Promise<void> {
  const words = [
    found === 0 ? l10n.t('The review found nothing to remark.') : l10n.t('The review made comments: {0}.', found),
    ...left,
  ];
  if (unreadable.length === 0) {
    const show = l10n.t('Show Comments');
    const pressed = await window.showInformationMessage(words.join(' '), ...(found > 0 ? [show] : []));
    if (pressed === show) await commands.executeCommand('workbench.action.focusCommentsPanel');
    return;
  }
  const read = l10n.t('Show Them');
  const [, ...rest] = words;
  const first = found === 0 ? [] : [words[0]];
  const told = [...first, l10n.t('Findings that could not be placed: {0}.', unreadable.length), ...rest];
  if ((await window.showWarningMessage(told.join(' '), read)) !== read) return;
  const content = unreadable.join('\n\n---\n\n');
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content }));
}
