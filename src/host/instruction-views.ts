import * as l10n from '@vscode/l10n';
import { composeInstructions, type InstructionFile, type UsedInstruction } from '../context/instructions.ts';
import type { Model } from '../llm/model.ts';
import { noModelRef } from '../llm/model-ref.ts';
import type { TokenEstimates } from '../models/token-estimates.ts';
import type { InstructionView } from '../protocol/chat-view.ts';

/** Instruction files as the chat shows them, each with what becomes of it for the model in use. */
export function instructionViews(
  files: readonly InstructionFile[],
  used: readonly InstructionFile[],
  model: Model | undefined,
  estimates: TokenEstimates,
): readonly InstructionView[] {
  const composed = composeInstructions(used, model?.facts.contextWindow);
  return files.map(({ uri, name, text }) => {
    const sent = composed.used.find((file) => file.uri === uri);
    const system = text.slice(0, sent?.kept ?? text.length);
    const request = { kind: 'chat', system, messages: [], parameters: {} } as const;
    const note = sent && noteOn(sent);
    return {
      id: uri,
      name,
      on: sent !== undefined,
      tokens: estimates.ofFrame(model?.ref ?? noModelRef, request),
      ...(note !== undefined && { note }),
    };
  });
}

function noteOn({ kept, of, sameAs }: UsedInstruction): string | undefined {
  if (sameAs !== undefined) return l10n.t('Says the same as {0} and is sent once.', sameAs);
  return kept < of ? l10n.t('Only the first {0} of {1} characters are sent.', kept, of) : undefined;
}
