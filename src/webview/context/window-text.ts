import * as l10n from '@vscode/l10n';
import type { WindowView } from '../../protocol/chat-view.ts';
import { numbers } from '../in-language.ts';

const compact = numbers({ notation: 'compact', maximumFractionDigits: 1 });

/** e.g. "12.3K". */
export function countText(tokens: number): string {
  return compact(tokens);
}

/** e.g. "≈12.3K of 128K tokens (10%)". */
export function usedText({ used, estimated, size }: Pick<WindowView, 'used' | 'estimated' | 'size'>): string {
  const count = `${estimated ? '≈' : ''}${countText(used)}`;
  if (size === undefined) return l10n.t('{0} tokens; how many the model can see is not known', count);
  return l10n.t('{0} of {1} tokens ({2}%)', count, countText(size), Math.round((used / size) * 100));
}

/** A part, which always is an estimate, and how much of the whole it is. */
export function shareText(tokens: number, size: number | undefined): string {
  const count = tokens === 0 ? '0' : `≈${countText(tokens)}`;
  return size === undefined || tokens === 0 ? count : `${count} · ${Math.round((tokens / size) * 100)}%`;
}
