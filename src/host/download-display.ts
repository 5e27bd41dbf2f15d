import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { describeBytes } from '../models/describe-model.ts';
import { signalOf } from './signal-of.ts';

export interface DownloadItem {
  readonly name: string;
  readonly bytes: number;
  readonly license?: string;
}

type Report = (received: number) => void;

/** Asks before anything is fetched, and shows how far it is. */
export class VscodeDownloadDisplay {
  async confirm({ name, bytes, license }: DownloadItem): Promise<boolean> {
    const size = describeBytes(bytes);
    const detail =
      license === undefined
        ? l10n.t('{0} will be fetched and kept on this machine.', size)
        : l10n.t('{0} will be fetched and kept on this machine. License: {1}.', size, license);
    const fetchIt = l10n.t('Fetch');
    const choice = await vscode.window.showInformationMessage(
      l10n.t('Fetch {0}?', name),
      { modal: true, detail },
      fetchIt,
    );
    return choice === fetchIt;
  }

  show<T>(item: DownloadItem, work: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Fetching {0}', item.name),
      cancellable: true,
    } as const;
    const run = vscode.window.withProgress(options, (progress, token) => {
      let shown = 0;
      const report: Report = (received) => {
        const percent = Math.floor((100 * received) / item.bytes);
        if (percent <= shown) return;
        progress.report({
          increment: percent - shown,
          message: l10n.t('{0} of {1}', describeBytes(received), describeBytes(item.bytes)),
        });
        shown = percent;
      };
      return work(report, signalOf(token));
    });
    return Promise.resolve(run);
  }
}
