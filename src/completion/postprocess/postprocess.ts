import * as l10n from '@vscode/l10n';
import type { Situation } from '../situation.ts';
import { filters } from './order.ts';

export type Processed =
  | { readonly kind: 'text'; readonly text: string; readonly cutBy: readonly string[] }
  | { readonly kind: 'nothing'; readonly reason: string; readonly cutBy: readonly string[] };

/** Runs a complete text through all filters; says which of them changed it, or which left nothing. */
export function postprocess(text: string, situation: Situation): Processed {
  const cutBy: string[] = [];
  if (text.trim() === '') return { kind: 'nothing', reason: l10n.t('The model had nothing to add here.'), cutBy };
  let current = text;
  for (const { name, filter } of filters) {
    const result = filter(current, situation);
    if (typeof result !== 'string') return { kind: 'nothing', reason: result.cut, cutBy: [...cutBy, name] };
    if (result !== current) cutBy.push(name);
    current = result;
  }
  return { kind: 'text', text: current, cutBy };
}
