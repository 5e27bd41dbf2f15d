import * as l10n from '@vscode/l10n';
import type { Prepared } from '../chat/message-queue.ts';
import { readCommand, type SlashCommand, slashCommands, withRest } from '../chat/slash-commands.ts';
import type { Attachment } from '../context/attachment.ts';
import { fillIn, inputsOf, readInputs, variablesOf } from '../context/prompt-variables.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { CommandView } from '../protocol/chat-view.ts';
import type { HiddenBecause } from './allowed-files.ts';
import { type FoundPrompt, findPromptFiles } from './prompt-files.ts';
import { askForInputs, promptValues } from './prompt-values.ts';

/** What becomes of a message the user sent. */
export type Expansion =
  | { readonly kind: 'send'; readonly prepared: Prepared; readonly attachments: readonly Attachment[] }
  | { readonly kind: 'compact' }
  | { readonly kind: 'clear' }
  /** Nothing is sent; without `reason` the user knows why. */
  | { readonly kind: 'refused'; readonly reason?: string };

export interface ExpansionPorts {
  readonly hiddenBecause: HiddenBecause;
  /** What is not committed yet, as attachments; or why there is none. */
  readonly changes: () => Promise<readonly Attachment[] | string>;
  /** The one of these models to be asked, or why none. Undefined = the chat's own. */
  readonly modelOf: (
    names: readonly string[],
  ) => Promise<{ readonly model: ModelRef } | { readonly note: string } | undefined>;
}

/** Reads a `/` command at the beginning of a message; undefined = it begins with none that is known. */
export async function expandMessage(message: string, ports: ExpansionPorts): Promise<Expansion | undefined> {
  const typed = readCommand(message);
  if (!typed) return undefined;
  const builtIn = slashCommands.find(({ name }) => name === typed.name);
  if (builtIn) return expandBuiltIn(builtIn, typed.rest, ports);
  const prompts = await findPromptFiles(ports.hiddenBecause);
  const prompt = prompts.find(({ name }) => name === typed.name);
  return prompt && expandPromptFile(prompt, typed.rest, ports);
}

async function expandBuiltIn({ does }: SlashCommand, rest: string, ports: ExpansionPorts): Promise<Expansion> {
  switch (does.type) {
    case 'compact':
    case 'clear':
      return { kind: does.type };
    case 'prompt': {
      const attachments = does.changes ? await ports.changes() : [];
      if (typeof attachments === 'string') return { kind: 'refused', reason: attachments };
      return { kind: 'send', prepared: { text: withRest(does.text, rest), files: [], notes: [] }, attachments };
    }
  }
}

async function expandPromptFile(prompt: FoundPrompt, written: string, ports: ExpansionPorts): Promise<Expansion> {
  if (prompt.body === '')
    return { kind: 'refused', reason: l10n.t('{0} is empty: there is nothing to send.', prompt.place) };
  const inputs = inputsOf(prompt.body);
  const { values: given, rest } = readInputs(inputs, written);
  const values = await askForInputs(prompt.name, inputs, given);
  if (!values) return { kind: 'refused' };
  const { values: variables, files } = await promptValues(variablesOf(prompt.body), ports.hiddenBecause);
  const { text, missing } = fillIn(prompt.body, values, variables);
  const chosen = prompt.models.length === 0 ? undefined : await ports.modelOf(prompt.models);
  const notes = [
    prompt.problem && l10n.t('The front matter of {0} cannot be read: {1}', prompt.place, prompt.problem),
    missing.length > 0 && l10n.t('Nothing is known to put in the place of {0}.', missing.join(', ')),
    prompt.mode !== undefined &&
      !['ask', 'chat'].includes(prompt.mode) &&
      l10n.t('{0} is written for the mode “{1}”; it is answered as a chat.', prompt.place, prompt.mode),
    chosen && 'note' in chosen && chosen.note,
  ];
  return {
    kind: 'send',
    attachments: [],
    prepared: {
      text: withRest(text, rest),
      files: [prompt.uri, ...files],
      notes: notes.flatMap((note) => (typeof note === 'string' && note !== '' ? [note] : [])),
      ...(chosen && 'model' in chosen && { model: chosen.model }),
    },
  };
}

/** All commands, as the composer offers them: the built-in ones first. */
export async function commandViews(hiddenBecause: HiddenBecause): Promise<readonly CommandView[]> {
  const prompts = await findPromptFiles(hiddenBecause);
  return [
    ...slashCommands.map(({ name, description, hint }) => ({
      name,
      description: description(),
      ...(hint && { hint: hint() }),
    })),
    ...prompts
      .filter(({ name }) => !slashCommands.some((builtIn) => builtIn.name === name))
      .map(({ name, description, hint, place }) => ({
        name,
        description: description ?? '',
        source: place,
        ...(hint !== undefined && { hint }),
      })),
  ];
}
