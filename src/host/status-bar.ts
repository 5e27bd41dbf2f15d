import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { wordError, wordSeconds } from '../chat/wording.ts';
import type { EngineState } from '../completion/engine-state.ts';
import type { Resolution } from '../gateway/gateway.ts';
import { parseModelRef } from '../llm/model-ref.ts';

/** Two quiet entries: the chat's model, a click switches it; and the completions' model, a click opens their menu. */
export class StatusBar implements vscode.Disposable {
  readonly #chat = vscode.window.createStatusBarItem('tutti.chatModel', vscode.StatusBarAlignment.Right, 101);
  readonly #completion = vscode.window.createStatusBarItem(
    'tutti.completionModel',
    vscode.StatusBarAlignment.Right,
    100,
  );

  constructor() {
    this.#chat.name = l10n.t('Tutti: Chat Model');
    this.#chat.command = { command: 'tutti.switchModel', title: l10n.t('Switch Model'), arguments: [{ role: 'chat' }] };
    this.#completion.name = l10n.t('Tutti: Completion Model');
    this.#completion.command = 'tutti.completionMenu';
  }

  dispose(): void {
    this.#chat.dispose();
    this.#completion.dispose();
  }

  /** What is chosen, before anybody has looked whether it can serve. */
  showChatChoice(model: string | undefined): void {
    this.#showChat(model, undefined);
  }

  showChat(resolution: Resolution): void {
    const { ref } = resolution;
    const unavailable =
      resolution.kind === 'unavailable' ? wordError(resolution.error, ref ?? l10n.t('the model')).cause : undefined;
    this.#showChat(resolution.auto ? l10n.t('Auto') : ref, unavailable);
  }

  #showChat(model: string | undefined, unavailable: string | undefined): void {
    const name = shortName(model);
    this.#chat.text = `${unavailable === undefined ? '$(comment-discussion)' : '$(warning)'} ${name}`;
    this.#chat.tooltip =
      unavailable ??
      (model === undefined
        ? l10n.t('Tutti has no model to chat with yet. Click to choose.')
        : l10n.t('Tutti chats with {0}. Click to switch.', model));
    this.#chat.accessibilityInformation = {
      label:
        unavailable === undefined
          ? l10n.t('Tutti chat model: {0}', name)
          : l10n.t('Tutti chat model: {0}, {1}', name, unavailable),
    };
    this.#chat.show();
  }

  /** `choice` is what the user chose; without one, the state knows which model was asked. */
  showCompletion(completion: EngineState, { choice, note, snoozedUntil, why }: CompletionWords): void {
    const model = choice ?? completion.model;
    const name = model === undefined ? l10n.t('model inside') : shortName(model);
    const state =
      snoozedUntil === undefined ? stateNames[completion.state]() : l10n.t('snoozed until {0}', snoozedUntil);
    const end = snoozedUntil ?? (completion.state === 'error' ? undefined : latency(completion.lastLatencyMs));
    const icon = snoozedUntil === undefined ? icons[completion.state] : '$(bell-slash)';
    this.#completion.text = `${icon} ${name}${end === undefined ? '' : ` ${end}`}`;
    this.#completion.tooltip = tooltip(completion, {
      choice: model ?? l10n.t('the model inside'),
      note,
      snoozedUntil,
      why,
    });
    this.#completion.accessibilityInformation = { label: l10n.t('Tutti completion model: {0}, {1}', name, state) };
    this.#completion.show();
  }
}

export interface CompletionWords {
  readonly choice: string | undefined;
  /** Of the model last asked; undefined = nothing to be said. */
  readonly note: string | undefined;
  /** "18:05"; undefined = not snoozed. */
  readonly snoozedUntil: string | undefined;
  /** Why they are off or pause, where they do. */
  readonly why: () => string;
}

/** The icon does not move while a suggestion is fetched: that happens at every few keys. */
const icons: Readonly<Record<EngineState['state'], string>> = {
  idle: '$(zap)',
  waiting: '$(zap)',
  shown: '$(zap)',
  error: '$(warning)',
  off: '$(circle-slash)',
};

const stateNames: Readonly<Record<EngineState['state'], () => string>> = {
  idle: () => l10n.t('idle'),
  waiting: () => l10n.t('waiting'),
  shown: () => l10n.t('shown'),
  error: () => l10n.t('error'),
  off: () => l10n.t('off'),
};

/** In tenths of a second: a number that changes at every key would be no calm sight. */
function latency(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  return ms < 50 ? '<0.1 s' : `${(ms / 1000).toFixed(1)} s`;
}

function shortName(ref: string | undefined): string {
  if (ref === undefined) return l10n.t('no model');
  // Of a path, and of an id like "maker/model", the end is what tells models apart.
  const id = (parseModelRef(ref)?.id ?? ref).split(/[\\/]/).at(-1) ?? ref;
  return id.length <= 28 ? id : `${id.slice(0, 27)}…`;
}

function tooltip(completion: EngineState, { choice, note, snoozedUntil, why }: CompletionWords): vscode.MarkdownString {
  const lines = [
    l10n.t('Inline completions come from **{0}**.', plain(choice ?? '')),
    note === undefined ? '' : `$(question) ${plain(note)}.`,
    snoozedUntil === undefined ? '' : `$(bell-slash) ${l10n.t('Snoozed until {0}.', snoozedUntil)}`,
    snoozedUntil === undefined && completion.state === 'off' ? `$(circle-slash) ${plain(why())}` : '',
    completion.lastLatencyMs === undefined
      ? ''
      : l10n.t('Last answer after {0}.', wordSeconds(completion.lastLatencyMs)),
    completion.lastError === undefined ? '' : `$(warning) ${plain(completion.lastError)}`,
    l10n.t('Click for model, trigger and snooze.'),
    `[${l10n.t('Why no suggestion?')}](command:tutti.explainCompletion) · [${l10n.t('Last requests')}](command:tutti.showCompletionRecords)`,
  ];
  const markdown = new vscode.MarkdownString(lines.filter((line) => line !== '').join('\n\n'), true);
  markdown.isTrusted = { enabledCommands: ['tutti.explainCompletion', 'tutti.showCompletionRecords'] };
  return markdown;
}

const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!|<>$]/g, '\\$&');
