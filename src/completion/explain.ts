import * as l10n from '@vscode/l10n';
import { listed } from '../util/in-language.ts';
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
  return worded(
    'trigger',
    inFront ? neverAsked(inFront) : l10n.t('No file is in front; click into an editor and ask again.'),
  );
}

/** What keeps every suggestion away as things are now, whatever became of an earlier one. */
function standsInTheWay(file: InFront): readonly [Stage, string] | undefined {
  if (!file.ghostText)
    return ['trigger', l10n.t('VS Code’s own switch for ghost text is off here (editor.inlineSuggest.enabled).')];
  if (!file.served) {
    return [
      'trigger',
      l10n.t('Tutti suggests in files, notebooks and commit messages, not in “{0}” documents.', file.scheme),
    ];
  }
  if (!file.preferences.enabled) {
    return ['trigger', l10n.t('Completions are off for {0} (tutti.completion.enabled).', file.languageId)];
  }
  if (file.readOnly) return ['trigger', l10n.t('This file cannot be written to.')];
  return file.hiddenBecause === undefined ? undefined : ['ignore', file.hiddenBecause];
}

function neverAsked({ preferences, cursors, selecting, rivals }: InFront): string {
  if (preferences.trigger === 'manual')
    return l10n.t('Completions come only when asked for (tutti.completion.trigger).');
  if (cursors > 1) return l10n.t('There are several cursors.');
  if (selecting) return l10n.t('Text is selected; suggestions come at a cursor.');
  if (rivals.length > 0) {
    return l10n.t(
      'VS Code has asked for nothing in this file yet, or shows what {0} suggested; type something to ask.',
      listed(rivals),
    );
  }
  return l10n.t(
    'VS Code has asked for nothing in this file yet; type something, or run “Tutti: Trigger Inline Completion”.',
  );
}

const worded = (stage: Stage, reason: string): string => `${stageName(stage)}: ${reason}`;

export function stageName(stage: Stage): string {
  switch (stage) {
    case 'trigger':
      return l10n.t('Trigger');
    case 'at-hand':
      return l10n.t('At hand');
    case 'delay':
      return l10n.t('Delay');
    case 'ignore':
      return l10n.t('Ignored files');
    case 'model':
      return l10n.t('Model');
    case 'context':
      return l10n.t('Context');
    case 'template':
      return l10n.t('Prompt');
    case 'stream':
      return l10n.t('Stream');
    case 'postprocess':
      return l10n.t('Postprocessing');
    case 'show':
      return l10n.t('Show');
  }
}
