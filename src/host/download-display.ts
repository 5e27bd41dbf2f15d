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
    const detail = `${describeBytes(bytes)} will be fetched and kept on this machine.${license === undefined ? '' : ` License: ${license}.`}`;
    const choice = await vscode.window.showInformationMessage(`Fetch ${name}?`, { modal: true, detail }, 'Fetch');
    return choice === 'Fetch';
  }

  show<T>(item: DownloadItem, work: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: `Fetching ${item.name}`,
      cancellable: true,
    } as const;
    const run = vscode.window.withProgress(options, (progress, token) => {
      let shown = 0;
      const report: Report = (received) => {
        const percent = Math.floor((100 * received) / item.bytes);
        if (percent <= shown) return;
        progress.report({
          increment: percent - shown,
          message: `${describeBytes(received)} of ${describeBytes(item.bytes)}`,
        });
        shown = percent;
      };
      return work(report, signalOf(token));
    });
    return Promise.resolve(run);
  }
}
