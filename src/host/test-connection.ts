import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Gateway } from '../gateway/gateway.ts';
import { isRole, type Role, roles } from '../gateway/roles.ts';
import { isModelRef, type ModelRef } from '../llm/model-ref.ts';
import { stringAt } from '../util/json.ts';
import type { ChatSession } from './chat-session.ts';
import type { Command } from './command.ts';
import { signalOf } from './signal-of.ts';
import { type Tried, tryModel } from './try-model.ts';

export interface TestConnectionPorts {
  readonly gateway: Gateway;
  readonly session: ChatSession;
}

export interface TestedConnection {
  readonly model: ModelRef;
  readonly ok: boolean;
  /** All that came of it in words: for each request what the model said, or cause and next step. */
  readonly message: string;
  readonly requests: readonly Tried[];
}

/**
 * `tutti.testConnection` `{model?, role?}`: holds a real, tiny chat with the settings in force, fills a tiny hole where
 * the model is there for completions, and says what came of each. Without a model: the one the role has, or the chat's.
 */
export function testConnectionCommand({ gateway, session }: TestConnectionPorts): Command {
  return {
    id: 'tutti.testConnection',
    async run(argument): Promise<TestedConnection | undefined> {
      const role = stringAt(argument, 'role') ?? 'chat';
      if (!isRole(role)) throw new Error(`"${role}" is no job for a model. Known are: ${roles.join(', ')}.`);
      const given = stringAt(argument, 'model');
      const model = isModelRef(given) ? given : await modelOf(role);
      if (model === undefined) {
        await vscode.commands.executeCommand('tutti.switchModel', { role });
        return undefined;
      }
      const tested = await test(gateway, model, role);
      if (given === undefined) tell(tested);
      return tested;
    },
  };

  async function modelOf(role: Role): Promise<ModelRef | undefined> {
    return role === 'chat' ? session.currentModel() : (await gateway.resolve(role)).ref;
  }
}

async function test(gateway: Gateway, model: ModelRef, role: Role): Promise<TestedConnection> {
  const requests = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: l10n.t('Testing {0}…', model), cancellable: true },
    (_, token) => tryModel(gateway, model, role, signalOf(token)),
  );
  return {
    model,
    requests,
    ok: requests.every(({ ok }) => ok),
    message: requests.map(({ asked, message }) => `${titles[asked]}: ${message}`).join('\n'),
  };
}

const titles: Readonly<Record<Tried['asked'], string>> = { chat: 'Chat', completion: 'Completion' };

function tell({ ok, message }: TestedConnection): void {
  if (ok) void vscode.window.showInformationMessage(message);
  else void vscode.window.showWarningMessage(message);
}
