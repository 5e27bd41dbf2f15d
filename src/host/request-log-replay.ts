import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { wordError } from '../chat/wording.ts';
import type { Ask } from '../gateway/ask.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { LoggedRequest } from '../gateway/request-log.ts';
import { type Answer, answerOf, clock, usageWords } from '../gateway/request-log-words.ts';
import type { Model } from '../llm/model.ts';
import { isModelRef, type ModelRef } from '../llm/model-ref.ts';
import type { EndEvent } from '../llm/stream-event.ts';
import { describeModel } from '../models/describe-model.ts';
import type { RequestLogPages } from './request-log-page.ts';
import { signalOf } from './signal-of.ts';

export interface ReplayPorts {
  readonly gateway: Gateway;
  readonly pages: RequestLogPages;
}

/** What was asked of one model is asked of another, through the same door; both answers are shown side by side. */
export async function replay({ gateway, pages }: ReplayPorts, logged: LoggedRequest, model: ModelRef): Promise<void> {
  const end = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Asking {0}…', model), cancellable: true },
    (_, token) => answer(gateway, askAgain(logged.ask, model), token),
  );
  if (!end || end.finish === 'aborted') return;
  await pages.compare(
    `${logged.model} ↔ ${model}`,
    logged.hide(side(logged.model, clock(logged.at), logged)),
    side(
      model,
      isRebuilt(logged.ask) ? l10n.t('replayed') : l10n.t('replayed as it was written for {0}', logged.model),
      {
        end,
        said: '',
      },
    ),
  );
}

/** A chat is the same for all; a completion is written in the words of one family of models. */
function isRebuilt({ request, requestFor }: Ask): boolean {
  return request.kind === 'chat' || requestFor !== undefined;
}

/** The settings of the other model are laid over it anew, and every gate is passed again. */
function askAgain({ tried: _, choice: __, head: ___, ...ask }: Ask, model: ModelRef): Ask {
  return { ...ask, model };
}

async function answer(gateway: Gateway, ask: Ask, token: vscode.CancellationToken): Promise<EndEvent | undefined> {
  for await (const event of gateway.stream(ask, signalOf(token))) if (event.type === 'end') return event;
  return undefined;
}

function side(model: ModelRef, when: string, answered: Answer): string {
  const { end } = answered;
  const usage = end?.usage ? ` · ${usageWords(end.usage)}` : '';
  const failure = end?.error && wordError(end.error, model);
  const told = failure ? `> ${failure.cause} ${failure.nextStep}` : answerOf(answered);
  return `# ${model}\n\n${when}${usage}\n\n${told}\n`;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly ref?: ModelRef;
}

/** Which model is to answer the same; undefined = none. */
export async function askForReplayModel(
  directory: ModelDirectory,
  { ask, model: asked }: LoggedRequest,
): Promise<ModelRef | undefined> {
  const abort = new AbortController();
  const picker = vscode.window.createQuickPick<ModelItem>();
  picker.title = l10n.t('Replay to Another Model: what {0} was asked', asked);
  picker.placeholder = l10n.t('Search models, or type provider/model for one that is not listed');
  picker.matchOnDescription = true;
  picker.busy = true;
  let items: readonly ModelItem[] = [];
  const show = (): void => {
    const typed = picker.value.trim();
    const isNew = isModelRef(typed) && !items.some(({ ref }) => ref === typed);
    picker.items = [
      ...items,
      ...(isNew ? [{ label: `$(edit) ${l10n.t('Use {0}', typed)}`, ref: typed, alwaysShow: true }] : []),
    ];
  };
  const found = new Promise<ModelRef | undefined>((resolve) => {
    picker.onDidAccept(() => resolve(picker.selectedItems[0]?.ref));
    picker.onDidHide(() => resolve(undefined));
    picker.onDidChangeValue(show);
  });
  picker.show();
  void directory
    .all(abort.signal)
    .then((providers) => {
      items = providers.flatMap(({ label, models }) => {
        const able = models.filter((model) => (ask.request.kind === 'chat' ? model.chat : model.completion));
        return able.length === 0 ? [] : [separator(label), ...able.map(itemOf)];
      });
    })
    // What can be typed without the list still can.
    .catch(() => undefined)
    .finally(() => {
      picker.busy = false;
      show();
    });
  const chosen = await found;
  abort.abort();
  picker.dispose();
  return chosen;
}

function separator(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function itemOf({ ref, id, facts }: Model): ModelItem {
  const description = [facts.name === undefined ? '' : id, describeModel(facts)].filter(Boolean).join(' · ');
  return { label: facts.name ?? id, description, ref };
}
