import * as l10n from '@vscode/l10n';
import { commands, type Disposable, ProgressLocation, window } from 'vscode';
import { commitMessageIn, commitRequest, summaryRequest } from '../../chat/commit-request.ts';
import { diffParts } from '../../edits/diff-parts.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { HiddenBecause } from '../allowed-files.ts';
import type { Command } from '../command.ts';
import { type AllowedDiffs, allowedDiffs, type Changes } from './allowed-diffs.ts';
import { replyTo, roomFor } from './ask-in-parts.ts';
import { type CommitRepository, chosenRepository } from './commit-repository.ts';
import { InputBoxText } from './input-box-text.ts';
import { learnedSubjects } from './learned-subjects.ts';

/** A change so long is not read to its end: each part is a request. */
const mostParts = 8;

/** Writes the message of a commit into the repository's input box; asked again, or cancelled, it puts back what stood there. */
export class CommitMessages implements Disposable {
  readonly #gateway: Gateway;
  readonly #hiddenBecause: HiddenBecause;
  readonly #running = new Map<string, AbortController>();

  constructor(gateway: Gateway, hiddenBecause: HiddenBecause) {
    this.#gateway = gateway;
    this.#hiddenBecause = hiddenBecause;
  }

  dispose(): void {
    this.#cancel();
  }

  get commands(): readonly Command[] {
    return [
      { id: 'tutti.generateCommitMessage', run: (argument) => this.#begin(argument) },
      { id: 'tutti.cancelCommitMessage', run: () => this.#cancel() },
    ];
  }

  async #begin(argument: unknown): Promise<void> {
    const repository = await chosenRepository(argument);
    if (!repository) return;
    const key = repository.rootUri.toString();
    const running = this.#running.get(key);
    if (running) {
      running.abort();
      return;
    }
    const abort = new AbortController();
    this.#running.set(key, abort);
    this.#tellContext();
    const box = new InputBoxText(repository.inputBox, abort);
    const location = ProgressLocation.SourceControl;
    try {
      const title = l10n.t('Writing the commit message…');
      const told = await window.withProgress({ location, title }, () => this.#write(repository, box, abort.signal));
      if (told === undefined) box.restore();
      else if (told !== '') void window.showInformationMessage(told);
    } catch (error) {
      box.restore();
      throw error;
    } finally {
      this.#running.delete(key);
      this.#tellContext();
    }
  }

  /** What the user is to know of the message that was written; undefined = cancelled. */
  async #write(repository: CommitRepository, box: InputBoxText, signal: AbortSignal): Promise<string | undefined> {
    const gateway = this.#gateway;
    const changes: Changes = repository.state.indexChanges.length > 0 ? 'staged' : 'working';
    const read = await allowedDiffs(repository, changes, this.#hiddenBecause, signal);
    if (signal.aborted) return undefined;
    if (read.diffs.length === 0) throw new Error(nothingToSend(read));
    const { parts, cut } = diffParts(read.diffs, await roomFor(gateway, 'commit'), mostParts);
    const files = read.uris.map((uri) => uri.toString());
    const [whole, second] = parts;
    const summaries: string[] = [];
    for (const part of second ? parts : []) {
      const summary = await replyTo(gateway, { role: 'commit', request: summaryRequest(part), files }, signal);
      if (summary === undefined) return undefined;
      summaries.push(commitMessageIn(summary));
    }
    const branch = repository.state.HEAD?.name;
    const request = commitRequest({
      subjects: await learnedSubjects(repository),
      ...(branch !== undefined && { branch }),
      hint: box.before,
      change: second ? { summaries } : { files: whole ?? [] },
    });
    let reply = '';
    const done = await replyTo(gateway, { role: 'commit', request, files }, signal, (text) => {
      reply += text;
      box.show(commitMessageIn(reply));
    });
    if (done === undefined) return undefined;
    const message = commitMessageIn(done);
    if (message === '')
      throw new Error(l10n.t('The reply holds no commit message. Try again, or switch to another model.'));
    box.show(message);
    return toldAbout(read, changes, cut.length);
  }

  #cancel(): void {
    for (const abort of this.#running.values()) abort.abort();
  }

  #tellContext(): void {
    void commands.executeCommand('setContext', 'tutti.writingCommitMessage', this.#running.size > 0);
  }
}

function nothingToSend({ hidden }: AllowedDiffs): string {
  return hidden > 0
    ? l10n.t('All changed files are hidden from models (.tuttiignore or your settings). Write this message by hand.')
    : l10n.t('There is nothing to commit. Change or stage a file first.');
}

function toldAbout({ hidden, more }: AllowedDiffs, changes: Changes, cut: number): string {
  return [
    ...(changes === 'working' ? [l10n.t('Nothing is staged; the message is about all changes.')] : []),
    ...(hidden > 0 ? [l10n.t('Changed files left out because they are hidden from models: {0}.', hidden)] : []),
    ...(cut + more > 0 ? [l10n.t('Files too long to be read whole: {0}.', cut + more)] : []),
  ].join(' ');
}
