import * as l10n from '@vscode/l10n';
import type { KnownView, SettingView } from '../../protocol/model-settings-view.ts';

/** Whether a setting is sent, or where the value that counts is from. */
export interface SettingState {
  readonly name: 'not-sent' | 'sent' | 'left-out' | 'known' | 'yours' | 'unknown';
  readonly text: string;
}

const facts: ReadonlySet<SettingView['name']> = new Set(['contextWindow', 'outputLimit', 'images', 'price']);

export function stateOf({ name, value, support, known }: SettingView): SettingState {
  if (facts.has(name)) {
    if (value !== null) return { name: 'yours', text: l10n.t('Yours') };
    if (known) return { name: 'known', text: fromWords(known) };
    return { name: 'unknown', text: l10n.t('Not known') };
  }
  if (value === null) return { name: 'not-sent', text: name === 'omit' ? l10n.t('None') : l10n.t('Not sent') };
  if (support === 'refused' || support === 'none') return { name: 'left-out', text: l10n.t('Left out') };
  return { name: 'sent', text: name === 'omit' ? l10n.t('Left out') : l10n.t('Sent') };
}

function fromWords({ from, day }: KnownView): string {
  switch (from) {
    case 'catalog':
      return day === undefined ? l10n.t('From the catalogue') : l10n.t('From the catalogue of {0}', day);
    case 'endpoint':
      return l10n.t('From the endpoint’s list');
    case 'provider':
      return l10n.t('From your provider settings');
    case 'local':
      return l10n.t('Runs here');
  }
}

/** What is to be known before one sets it. */
export function badgeOf({ support }: SettingView): { readonly text: string; readonly because: string } | undefined {
  switch (support) {
    case 'known':
      return undefined;
    case 'unknown':
      return {
        text: l10n.t('untested'),
        because: l10n.t('Nobody has told whether this model takes it. It is sent; a refusal is learned from.'),
      };
    case 'refused':
      return {
        text: l10n.t('refused'),
        because: l10n.t('The endpoint refused it; undo what was learned to try again.'),
      };
    case 'none':
      return { text: l10n.t('no use'), because: l10n.t('This model is never sent it.') };
  }
}
