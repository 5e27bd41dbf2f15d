import * as l10n from '@vscode/l10n';
import type { Attachment, AttachmentKind } from '../context/attachment.ts';

/** Kinds of task that models are compared at. */
export type TaskKind = 'explain' | 'fix' | 'tests' | 'review' | 'write' | 'code' | 'question';

/** Which command asks for which kind. */
const commands: Readonly<Record<string, TaskKind>> = {
  explain: 'explain',
  fix: 'fix',
  tests: 'tests',
  review: 'review',
  doc: 'write',
  commit: 'write',
};

/** Attachments that make a message one about code. */
const code: readonly AttachmentKind[] = ['file', 'folder', 'symbol', 'selection', 'problems', 'changes', 'cell'];

/** By the command it begins with, else by what goes along or stands in it. */
export function taskKind(text: string, attachments: readonly Attachment[]): TaskKind {
  const command = /^\/(\w+)/.exec(text)?.[1] ?? '';
  const known = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (known) return known;
  return text.includes('```') || attachments.some(({ kind }) => code.includes(kind)) ? 'code' : 'question';
}

/** As the leaderboard calls it. */
export function taskKindName(kind: TaskKind): string {
  switch (kind) {
    case 'explain':
      return l10n.t('explaining');
    case 'fix':
      return l10n.t('fixing');
    case 'tests':
      return l10n.t('tests');
    case 'review':
      return l10n.t('reviews');
    case 'write':
      return l10n.t('writing');
    case 'code':
      return l10n.t('code');
    case 'question':
      return l10n.t('questions');
  }
}
