import * as l10n from '@vscode/l10n';

/** What a job of models is called. */
export function roleName(role: string): string {
  switch (role) {
    case 'chat':
      return l10n.t('chat');
    case 'completion':
      return l10n.t('completion');
    case 'edit':
      return l10n.t('edit');
    case 'agent':
      return l10n.t('agent');
    case 'commit':
      return l10n.t('commit');
    case 'utility':
      return l10n.t('utility');
    default:
      return role;
  }
}
