import * as vscode from 'vscode';
import { wordError, wordSeconds } from '../chat/wording.ts';
import type { EngineState } from '../completion/engine-state.ts';
import type { Resolution } from '../gateway/gateway.ts';
import { parseModelRef } from '../llm/model-ref.ts';

/** Two quiet entries: the chat's model and the completions' model. A click switches it. */
export class StatusBar implements vscode.Disposable {
  readonly #chat = vscode.window.createStatusBarItem('tutti.chatModel', vscode.StatusBarAlignment.Right, 101);
  readonly #completion = vscode.window.createStatusBarItem(
    'tutti.completionModel',
    vscode.StatusBarAlignment.Right,
    100,
  );

  constructor() {
    this.#chat.name = 'Tutti: Chat Model';
    this.#chat.command = { command: 'tutti.switchModel', title: 'Switch Model', arguments: [{ role: 'chat' }] };
    this.#completion.name = 'Tutti: Completion Model';
    this.#completion.command = {
      command: 'tutti.switchModel',
      title: 'Switch Model',
      arguments: [{ role: 'completion' }],
    };
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
      resolution.kind === 'unavailable' ? wordError(resolution.error, ref ?? 'the model').cause : undefined;
    this.#showChat(ref, unavailable);
  }

  #showChat(model: string | undefined, unavailable: string | undefined): void {
    const name = shortName(model);
    this.#chat.text = `${unavailable === undefined ? '$(comment-discussion)' : '$(warning)'} ${name}`;
    this.#chat.tooltip = unavailable ?? `Tutti chats with ${model ?? 'no model yet'}. Click to switch.`;
    this.#chat.accessibilityInformation = {
      label: `Tutti chat model: ${name}${unavailable === undefined ? '' : `, ${unavailable}`}`,
    };
    this.#chat.show();
  }

  /** `choice` is what the user chose; without one, the state knows which model was asked. */
  showCompletion(completion: EngineState, choice: string | undefined): void {
    const model = choice ?? completion.model;
    const name = model === undefined ? 'model inside' : shortName(model);
    this.#completion.text = `${icons[completion.state]} ${name}`;
    this.#completion.tooltip = tooltip(completion, model ?? 'the model inside');
    this.#completion.accessibilityInformation = { label: `Tutti completion model: ${name}, ${completion.state}` };
    this.#completion.show();
  }
}

/** The icon does not move while a suggestion is fetched: that happens at every few keys. */
const icons: Readonly<Record<EngineState['state'], string>> = {
  idle: '$(zap)',
  waiting: '$(zap)',
  shown: '$(zap)',
  error: '$(warning)',
  off: '$(circle-slash)',
};

function shortName(ref: string | undefined): string {
  if (ref === undefined) return 'no model';
  // Of a path, and of an id like "maker/model", the end is what tells models apart.
  const id = (parseModelRef(ref)?.id ?? ref).split(/[\\/]/).at(-1) ?? ref;
  return id.length <= 28 ? id : `${id.slice(0, 27)}…`;
}

function tooltip(completion: EngineState, model: string): vscode.MarkdownString {
  const lines = [
    completion.state === 'off'
      ? 'Inline completions are off here.'
      : `Inline completions come from **${plain(model)}**.`,
    completion.lastLatencyMs === undefined ? '' : `Last answer after ${wordSeconds(completion.lastLatencyMs)}.`,
    completion.lastError === undefined ? '' : `$(warning) ${plain(completion.lastError)}`,
    '[Why no suggestion?](command:tutti.explainCompletion) · [On/off](command:tutti.toggleCompletions) · [Snooze](command:tutti.snoozeCompletions)',
  ];
  const markdown = new vscode.MarkdownString(lines.filter((line) => line !== '').join('\n\n'), true);
  markdown.isTrusted = {
    enabledCommands: ['tutti.explainCompletion', 'tutti.toggleCompletions', 'tutti.snoozeCompletions'],
  };
  return markdown;
}

const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!|<>$]/g, '\\$&');
