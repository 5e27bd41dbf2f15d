import type { TextSource } from '../context/current-file.ts';
import type { CompletionDocument } from './document.ts';

/** At least what the largest window of `budget.ts` takes. */
const before = 12_500;
const after = 4000;

/** The text around a cursor as it is now: documents go on living while a call waits. Bounded, at the document's offsets. */
export function snapshot(document: CompletionDocument, offset: number): TextSource {
  const start = Math.max(0, offset - before);
  const end = Math.min(document.length, offset + after);
  const text = document.text(start, end);
  const { length } = document;
  return { length, text: (from, to) => text.slice(Math.max(0, from - start), Math.max(0, to - start)) };
}
