import type { CompletionPreferences } from './ports.ts';
import type { CompletionRecord, Stage } from './record.ts';

/** What is known of the file in front, whether a suggestion was ever asked for in it or not. */
export interface InFront {
  /** `file`, `untitled`, `output`… */
  readonly scheme: string;
  readonly languageId: string;
  /** Tutti listens in documents of this scheme. */
  readonly served: boolean;
  readonly readOnly: boolean;
  /** VS Code's own switch for ghost text, `editor.inlineSuggest.enabled`. */
  readonly ghostText: boolean;
  readonly cursors: number;
  readonly selecting: boolean;
  readonly preferences: CompletionPreferences;
  /** Why no model may see it. */
  readonly hiddenBecause?: string | undefined;
  /** Other extensions that suggest here too. */
  readonly rivals: readonly string[];
}

/** Why there is no suggestion, or which one there was, in one sentence that begins with the stage that ended it. */
export function explain(record: CompletionRecord | undefined, inFront: InFront | undefined): string {
  const now = inFront && standsInTheWay(inFront);
  if (now) return worded(...now);
  if (record) return record.outcome === 'shown' ? record.reason : worded(record.endedBy, record.reason);
  return worded('trigger', inFront ? neverAsked(inFront) : 'No file is in front; click into an editor and ask again.');
}

/** What keeps every suggestion away as things are now, whatever became of an earlier one. */
function standsInTheWay(file: InFront): readonly [Stage, string] | undefined {
  if (!file.ghostText)
    return ['trigger', 'VS Code’s own switch for ghost text is off here (editor.inlineSuggest.enabled).'];
  if (!file.served) {
    return ['trigger', `Tutti suggests in files, notebooks and commit messages, not in “${file.scheme}” documents.`];
  }
  if (!file.preferences.enabled) {
    return ['trigger', `Completions are off for ${file.languageId} (tutti.completion.enabled).`];
  }
  if (file.readOnly) return ['trigger', 'This file cannot be written to.'];
  return file.hiddenBecause === undefined ? undefined : ['ignore', file.hiddenBecause];
}

function neverAsked({ preferences, cursors, selecting, rivals }: InFront): string {
  if (preferences.trigger === 'manual') return 'Completions come only when asked for (tutti.completion.trigger).';
  if (cursors > 1) return 'There are several cursors.';
  if (selecting) return 'Text is selected; suggestions come at a cursor.';
  if (rivals.length > 0) {
    return `VS Code has asked for nothing in this file yet, or shows what ${rivals.join(' and ')} suggested; type something to ask.`;
  }
  return 'VS Code has asked for nothing in this file yet; type something, or run “Tutti: Trigger Inline Completion”.';
}

const worded = (stage: Stage, reason: string): string => `${stageNames[stage]}: ${reason}`;

export const stageNames: Readonly<Record<Stage, string>> = {
  trigger: 'Trigger',
  'at-hand': 'At hand',
  delay: 'Delay',
  ignore: 'Ignored files',
  model: 'Model',
  context: 'Context',
  template: 'Prompt',
  stream: 'Stream',
  postprocess: 'Postprocessing',
  show: 'Show',
};
