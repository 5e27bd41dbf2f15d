import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { wordError } from '../chat/wording.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { LoggedRequest, RequestLog } from '../gateway/request-log.ts';
import { asCurl } from '../gateway/request-log-curl.ts';
import { clock, summaryOf } from '../gateway/request-log-words.ts';
import { isModelRef } from '../llm/model-ref.ts';
import { numberAt, stringAt } from '../util/json.ts';
import type { Command } from './command.ts';
import type { RequestLogPages } from './request-log-page.ts';
import { askForReplayModel, replay } from './request-log-replay.ts';

export interface RequestLogPorts {
  readonly log: RequestLog;
  readonly pages: RequestLogPages;
  readonly gateway: Gateway;
  readonly directory: ModelDirectory;
}

/** The list of the last requests; each can be opened, copied and replayed. */
export function showRequestLogCommand(ports: RequestLogPorts): Command {
  return { id: 'tutti.showRequestLog', run: () => showList(ports) };
}

/** `{id?}`; without, the request whose page is in front, or one that is asked for. */
export function copyRequestCommand(ports: RequestLogPorts): Command {
  return {
    id: 'tutti.copyRequestAsCurl',
    async run(argument) {
      const logged = await requestMeant(ports, argument, l10n.t('Copy Request as curl'));
      if (logged) await copy(logged);
    },
  };
}

/** `{id?, model?}`; what is absent is the request whose page is in front, or is asked for. */
export function replayRequestCommand(ports: RequestLogPorts): Command {
  return {
    id: 'tutti.replayRequest',
    async run(argument) {
      const logged = await requestMeant(ports, argument, l10n.t('Replay Request to Another Model'));
      if (!logged) return;
      const named = stringAt(argument, 'model');
      const model = isModelRef(named) ? named : await askForReplayModel(ports.directory, logged);
      if (model !== undefined) await replay(ports, logged, model);
    },
  };
}

interface Item extends vscode.QuickPickItem {
  readonly logged: LoggedRequest;
}

const curlButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: l10n.t('Copy as curl') };
const replayButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('debug-rerun'),
  tooltip: l10n.t('Replay to Another Model…'),
};

async function showList(ports: RequestLogPorts): Promise<void> {
  const picked = await pick(ports.log, l10n.t('Request Log: in memory only, keys left out'), [
    curlButton,
    replayButton,
  ]);
  if (!picked) return;
  const { logged, button } = picked;
  if (button === curlButton) await copy(logged);
  else if (button === replayButton) await vscode.commands.executeCommand('tutti.replayRequest', { id: logged.id });
  else await ports.pages.show(logged);
}

async function requestMeant(
  { log, pages }: RequestLogPorts,
  argument: unknown,
  title: string,
): Promise<LoggedRequest | undefined> {
  const id = numberAt(argument, 'id');
  if (id !== undefined) {
    const logged = log.find(id);
    if (!logged) throw new Error(l10n.t('This request is older than the last that are kept.'));
    return logged;
  }
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return (uri && pages.requestOf(uri)) ?? (await pick(log, title, []))?.logged;
}

interface Picked {
  readonly logged: LoggedRequest;
  readonly button?: vscode.QuickInputButton;
}

async function pick(
  log: RequestLog,
  title: string,
  buttons: readonly vscode.QuickInputButton[],
): Promise<Picked | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = title;
  picker.placeholder = l10n.t('Search by job, model or outcome');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = log.requests.map((logged) => itemOf(logged, buttons));
  if (picker.items.length === 0) picker.placeholder = l10n.t('No model was asked since this window was opened');
  const found = new Promise<Picked | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.selectedItems[0]));
    picker.onDidTriggerItemButton(({ item: { logged }, button }) => resolve({ logged, button }));
    picker.onDidHide(() => resolve(undefined));
  });
  picker.show();
  const picked = await found;
  picker.dispose();
  return picked;
}

function itemOf(logged: LoggedRequest, buttons: readonly vscode.QuickInputButton[]): Item {
  const { ask, model, at, exchanges } = logged;
  const detail = logged.end?.error && wordError(logged.end.error, model).cause;
  return {
    label: `${iconOf(logged)} ${clock(at)} ${ask.role} · ${model}`,
    description: summaryOf(logged),
    ...(detail !== undefined && { detail }),
    buttons: buttons.filter((button) => button !== curlButton || exchanges.length > 0),
    logged,
  };
}

function iconOf({ end, totalMs }: LoggedRequest): string {
  if (totalMs === undefined) return '$(loading~spin)';
  if (end?.error) return '$(error)';
  return end === undefined || end.finish === 'aborted' ? '$(circle-slash)' : '$(pass)';
}

async function copy(logged: LoggedRequest): Promise<void> {
  const command = asCurl(logged);
  if (command === undefined)
    throw new Error(l10n.t('{0} was not asked over HTTP: there is nothing for curl.', logged.model));
  await vscode.env.clipboard.writeText(command);
  vscode.window.setStatusBarMessage(`$(copy) ${l10n.t('Copied as curl. Set $KEY to your key.')}`, 5000);
}
