import * as vscode from 'vscode';
import { wordError, wordSeconds } from '../chat/wording.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { textOf } from '../llm/message.ts';
import { isModelRef, type ModelRef } from '../llm/model-ref.ts';
import { stringAt } from '../util/json.ts';
import type { ChatSession } from './chat-session.ts';
import type { Command } from './command.ts';

export interface TestConnectionPorts {
  readonly gateway: Gateway;
  readonly session: ChatSession;
}

export interface TestedConnection {
  readonly model: string;
  readonly ok: boolean;
  /** What the model said, or cause and next step. */
  readonly message: string;
}

/** `tutti.testConnection` `{model?}`: holds a real, tiny chat with the settings in force and says what came of it. */
export function testConnectionCommand(ports: TestConnectionPorts): Command {
  return {
    id: 'tutti.testConnection',
    async run(argument): Promise<TestedConnection | undefined> {
      const given = stringAt(argument, 'model');
      const model = isModelRef(given) ? given : await ports.session.currentModel();
      if (model === undefined) {
        await vscode.commands.executeCommand('tutti.switchModel');
        return undefined;
      }
      const tested = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: `Testing ${model}…`, cancellable: true },
        (_, token) => test(ports.gateway, model, signalOf(token)),
      );
      if (given === undefined) tell(tested);
      return tested;
    },
  };
}

async function test(gateway: Gateway, model: ModelRef, signal: AbortSignal): Promise<TestedConnection> {
  const startedAt = performance.now();
  const request = {
    kind: 'chat',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Answer with the word: ready' }] }],
    parameters: {},
  } as const;
  for await (const event of gateway.stream({ role: 'utility', model, request }, signal)) {
    if (event.type !== 'end') continue;
    if (event.error) {
      const { cause, nextStep } = wordError(event.error, model);
      return { model, ok: false, message: `${cause} ${nextStep}` };
    }
    const said = textOf(event.message).trim();
    const took = wordSeconds(performance.now() - startedAt);
    if (event.finish === 'aborted') return { model, ok: false, message: `Stopped after ${took}.` };
    return { model, ok: true, message: `${model} answered in ${took}: ${said.slice(0, 100)}` };
  }
  return { model, ok: false, message: `${model} gave no answer.` };
}

function tell(tested: TestedConnection): void {
  if (tested.ok) void vscode.window.showInformationMessage(tested.message);
  else void vscode.window.showWarningMessage(tested.message);
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
