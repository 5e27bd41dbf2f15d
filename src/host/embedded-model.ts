import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type ModelRef, modelRef, parseModelRef } from '../llm/model-ref.ts';
import type { ListedModel } from '../llm/vendor.ts';
import { stringAt } from '../util/json.ts';
import type { Command } from './command.ts';
import type { DownloadItem, VscodeDownloadDisplay } from './download-display.ts';

/** What the host needs of the model inside. */
export interface EmbeddedModels {
  listModels(): Promise<readonly (ListedModel & { readonly present: boolean; readonly problem?: string })[]>;
  ensureModel(id: string, report: (received: number) => void, signal: AbortSignal): Promise<'complete' | 'aborted'>;
  addModelFile(path: string): Promise<ListedModel>;
}

/** Brings a model inside onto the disk, after a question. True when it is there, or is none of ours. */
export async function prepareEmbedded(
  embedded: () => Promise<EmbeddedModels>,
  display: VscodeDownloadDisplay,
  ref: ModelRef,
): Promise<boolean> {
  const parsed = parseModelRef(ref);
  if (parsed?.provider !== 'embedded') return true;
  const inference = await embedded();
  const model = (await inference.listModels()).find((known) => known.id === parsed.id);
  if (!model || model.present || model.problem !== undefined) return true;
  const item: DownloadItem = {
    name: model.facts.name ?? model.id,
    bytes: model.facts.fileBytes ?? 0,
    ...(model.facts.license !== undefined && { license: model.facts.license }),
  };
  if (!(await display.confirm(item))) return false;
  const outcome = await display.show(item, (report, signal) => inference.ensureModel(model.id, report, signal));
  return outcome === 'complete';
}

/** `tutti.chooseModelFile` `{path?}`: any GGUF file on disk becomes a model, and the chat's model. */
export function chooseModelFileCommand(embedded: () => Promise<EmbeddedModels>): Command {
  return {
    id: 'tutti.chooseModelFile',
    async run(argument) {
      const path = stringAt(argument, 'path') ?? (await askForFile());
      if (path === undefined) return undefined;
      const model = await (await embedded()).addModelFile(path);
      const ref = modelRef('embedded', model.id);
      await vscode.commands.executeCommand('tutti.switchModel', {
        role: stringAt(argument, 'role') ?? 'chat',
        model: ref,
      });
      return ref;
    },
  };
}

async function askForFile(): Promise<string | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: l10n.t('Use a GGUF File'),
    openLabel: l10n.t('Use this model'),
    filters: { [l10n.t('GGUF models')]: ['gguf'] },
  });
  return files?.[0]?.fsPath;
}
