import * as l10n from '@vscode/l10n';

/** What may stand behind a `/` at the beginning of a message without anybody having written a prompt file for it. */
export interface SlashCommand {
  readonly name: string;
  readonly description: () => string;
  /** What may be written behind it. */
  readonly hint?: () => string;
  readonly does: CommandEffect;
}

export type CommandEffect =
  /** `text` is sent, with what was written behind the command; `changes`: those of git go along. */
  | { readonly type: 'prompt'; readonly text: string; readonly changes?: true }
  /** Nothing is sent. */
  | { readonly type: 'compact' }
  | { readonly type: 'clear' };

const attached = 'the attached code; if none is attached, the code we last spoke of';

/** In the order they are offered. */
export const slashCommands: readonly SlashCommand[] = [
  {
    name: 'explain',
    description: () => l10n.t('Explain the selected code'),
    hint: () => l10n.t('what you want to know'),
    does: {
      type: 'prompt',
      text: `Explain ${attached}. Begin with what it is for, then how it works, then what is easy to get wrong about it. Leave out what the code plainly says itself.`,
    },
  },
  {
    name: 'fix',
    description: () => l10n.t('Find and fix what is wrong with the selected code'),
    hint: () => l10n.t('what goes wrong'),
    does: {
      type: 'prompt',
      text: `Find what is wrong with ${attached}, and fix it. Attached problems and error messages come first. Name the cause in a sentence or two, then give the changed functions whole. Change nothing else. If you find nothing wrong, say so and what you checked.`,
    },
  },
  {
    name: 'tests',
    description: () => l10n.t('Write tests for the selected code'),
    hint: () => l10n.t('what to test, and with what'),
    does: {
      type: 'prompt',
      text: `Write tests for ${attached}. Use the test framework and style of the project as far as you can see them, else the usual ones of the language, and say which you took. Cover the usual case, the edges and the failures; one behaviour a test, named for it. Give a whole file that runs, with its path.`,
    },
  },
  {
    name: 'doc',
    description: () => l10n.t('Document the selected code'),
    hint: () => l10n.t('for whom, in which form'),
    does: {
      type: 'prompt',
      text: `Write the documentation comments for ${attached}, in the form usual for its language and project. Say what a caller has to know: what it is for, what it takes and gives, what it does besides, how it fails. Do not repeat names and types in words. Give the code with its comments; change nothing else.`,
    },
  },
  {
    name: 'review',
    description: () => l10n.t('Review the changes that are not committed yet'),
    hint: () => l10n.t('what to look at above all'),
    does: {
      type: 'prompt',
      changes: true,
      text: 'Review the attached changes as a careful colleague would. List what should be changed before they are merged, the gravest first: bugs, lost data, security, races, missing tests, then what is hard to read. For each give the file and line as a link, what goes wrong and when, and the fix. No praise, nothing about formatting. If there is nothing, say so in one sentence.',
    },
  },
  {
    name: 'commit',
    description: () => l10n.t('Write a commit message for the changes'),
    hint: () => l10n.t('what it should mention'),
    does: {
      type: 'prompt',
      changes: true,
      text: 'Write a commit message for the attached changes: a subject of at most 72 characters in the imperative, then, only if the reasons are not plain, a blank line and a few lines that say why. Follow the style of the recent commits, if they are attached. Give the message alone, in one fenced block.',
    },
  },
  {
    name: 'compact',
    description: () => l10n.t('Put a summary in the place of all that was said'),
    does: { type: 'compact' },
  },
  {
    name: 'clear',
    description: () => l10n.t('Begin a new chat; this one stays in the history'),
    does: { type: 'clear' },
  },
];

export interface TypedCommand {
  readonly name: string;
  /** What is written behind it. */
  readonly rest: string;
}

/** The command a message begins with, whether or not there is one of that name; undefined = it begins with none. */
export function readCommand(message: string): TypedCommand | undefined {
  const [, name, rest = ''] = /^\s*\/([\w][\w.-]*)(?:\s+([\s\S]*))?$/.exec(message) ?? [];
  return name === undefined ? undefined : { name, rest: rest.trim() };
}

/** A prompt with what was written behind its command. */
export function withRest(prompt: string, rest: string): string {
  return rest === '' ? prompt : `${prompt}\n\n${rest}`;
}
