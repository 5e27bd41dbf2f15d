import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { UsageFormat, UsageFromWebview } from '../protocol/usage-from-webview.ts';
import type { UsageToWebview } from '../protocol/usage-to-webview.ts';
import type { UsageFilterView, UsageView } from '../protocol/usage-view.ts';
import type { OpenDatabase } from '../store/database.ts';
import { usageAsCsv, usageAsJson } from '../store/usage-export.ts';
import { UsageReports } from '../store/usage-report.ts';
import { isObject } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';
import { readBudgetSettings } from './budget-settings.ts';
import { readUsageFilter, readUsageMessage } from './read-usage-message.ts';
import { answerUsage, ledgerFilter } from './usage-answer.ts';
import { webviewFolder, webviewHtml } from './webview-html.ts';

export const usageViewType = 'tutti.usage';

export interface UsageViewPorts {
  readonly extensionUri: vscode.Uri;
  readonly openDatabase: OpenDatabase;
  readonly report: (problem: string) => void;
}

/** The editor tab that shows what was used. It reads when it is asked to and never by itself. */
export class UsageTab implements vscode.Disposable {
  readonly #ports: UsageViewPorts;
  #panel: vscode.WebviewPanel | undefined;
  /** Read while the page is being loaded, for its first question. */
  #ahead: Promise<UsageView> | undefined;

  constructor(ports: UsageViewPorts) {
    this.#ports = ports;
  }

  /** Opens it, or brings it to the front with what is known by now. `{range?, model?, provider?, role?}` filters. */
  async show(argument?: unknown): Promise<void> {
    const filter = readUsageFilter({ range: '30-days', ...(isObject(argument) && argument) });
    if (filter === undefined) throw new Error(l10n.t('A range is one of {0}.', 'today, 7-days, 30-days, all'));
    if (this.#panel) {
      this.#panel.reveal();
      await this.#answer(this.#panel, this.#read(filter));
      return;
    }
    this.adopt(vscode.window.createWebviewPanel(usageViewType, l10n.t('Usage'), vscode.ViewColumn.Active));
    // Reading keeps this process busy: what opens the tab has to be on its way first, and loads meanwhile.
    this.#ahead = new Promise((resolve) => setTimeout(resolve, 10)).then(() => this.#read(filter));
    // Told when the page asks for it.
    this.#ahead.catch(() => undefined);
  }

  /** Makes a tab the usage's: a new one, or one that a reload of the window brings back. */
  adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    this.#panel?.dispose();
    this.#panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.#ports.extensionUri, 'media', 'icon.png');
    webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(this.#ports.extensionUri)] };
    webview.onDidReceiveMessage(async (message: unknown) => {
      try {
        await this.#receive(panel, readUsageMessage(message));
      } catch (error) {
        this.#ports.report(`The usage view asked for something that failed: ${messageOf(error)}`);
        void vscode.window.showErrorMessage(messageOf(error));
      }
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    webview.html = webviewHtml(webview, this.#ports.extensionUri, {
      title: l10n.t('Usage'),
      script: 'usage.js',
      style: 'usage-page.css',
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  async #receive(panel: vscode.WebviewPanel, message: UsageFromWebview | undefined): Promise<void> {
    switch (message?.type) {
      case undefined:
        this.#ports.report('The usage view sent a message that is not in its protocol; it was ignored.');
        return;
      case 'need-usage': {
        const ahead = this.#ahead;
        this.#ahead = undefined;
        await this.#answer(panel, ahead ?? this.#read(message.filter));
        return;
      }
      case 'export-usage':
        await this.#export(message.format, message.filter);
        return;
      case 'open-budget-settings':
        await vscode.commands.executeCommand('workbench.action.openSettings', 'tutti.budget');
        return;
    }
  }

  #read(filter: UsageFilterView): Promise<UsageView> {
    return answerUsage(this.#ports.openDatabase, readBudgetSettings(), filter, Date.now());
  }

  async #answer({ webview }: vscode.WebviewPanel, reading: Promise<UsageView>): Promise<void> {
    const message = await reading.then(
      (view): UsageToWebview => ({ type: 'usage', view }),
      (error: unknown): UsageToWebview => ({ type: 'usage-failed', problem: messageOf(error) }),
    );
    await webview.postMessage(message);
  }

  async #export(format: UsageFormat, filter: UsageFilterView): Promise<void> {
    const name = `tutti-usage-${filter.range}.${format}`;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      title: l10n.t('Export Usage'),
      filters: format === 'csv' ? { CSV: ['csv'] } : { JSON: ['json'] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    });
    if (!target) return;
    const rows = new UsageReports(this.#ports.openDatabase).rows(ledgerFilter(filter, Date.now()));
    const text = await (format === 'csv' ? usageAsCsv(rows) : usageAsJson(rows));
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
    const open = l10n.t('Open');
    void vscode.window.showInformationMessage(l10n.t('Usage was written to {0}.', target.path), open).then((answer) => {
      if (answer === open) void vscode.window.showTextDocument(target);
    });
  }
}
