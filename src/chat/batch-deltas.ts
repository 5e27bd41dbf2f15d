import type { Delta } from '../protocol/to-webview.ts';

/** The same changes in fewer messages: neighbouring pieces of one text become one piece. */
export function mergeDeltas(deltas: readonly Delta[]): readonly Delta[] {
  const merged: Delta[] = [];
  for (const delta of deltas) {
    const last = merged.at(-1);
    if (
      delta.type === 'text-appended' &&
      last?.type === 'text-appended' &&
      last.messageId === delta.messageId &&
      last.part === delta.part
    ) {
      merged[merged.length - 1] = { ...last, text: last.text + delta.text };
    } else {
      merged.push(delta);
    }
  }
  return merged;
}
