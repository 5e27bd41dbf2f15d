import * as l10n from '@vscode/l10n';
import type { CommandView } from '../protocol/chat-view.ts';
import type { Suggestion, SuggestionGroup } from '../protocol/suggestion.ts';

/** What `/` offers for the letters behind it: built-in commands, then those of prompt files. */
export async function suggestCommands(
  query: string,
  commands: readonly CommandView[],
): Promise<readonly SuggestionGroup[]> {
  const wanted = query.toLowerCase();
  const fitting = commands.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  return [
    { label: '', suggestions: fitting.filter(({ source }) => source === undefined).map(entryOf) },
    { label: l10n.t('Prompt files'), suggestions: fitting.filter(({ source }) => source !== undefined).map(entryOf) },
  ].filter(({ suggestions }) => suggestions.length > 0);
}

function entryOf({ name, description, hint, source }: CommandView): Suggestion {
  return {
    id: `${source ?? ''}/${name}`,
    icon: source === undefined ? 'terminal' : 'file',
    label: hint === undefined ? `/${name}` : `/${name} ${hint}`,
    detail: description,
    chosen: { type: 'insert', text: `/${name} ` },
  };
}
