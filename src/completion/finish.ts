import type { OutputReader } from './output-reader.ts';
import { postprocess } from './postprocess/postprocess.ts';
import { lineFeeds, type Situation } from './situation.ts';
import { standsAfter } from './standing.ts';

/** What can be shown at the cursor, or why nothing. */
export type Finished =
  | { readonly kind: 'text'; readonly text: string; readonly replaceAfter: number; readonly cutBy: readonly string[] }
  | { readonly kind: 'nothing'; readonly reason: string; readonly cutBy: readonly string[] };

/** The text of a reader that is done, mended. */
export function finish(reader: OutputReader, situation: Situation): Finished {
  const processed = postprocess(reader.text, situation);
  const cutBy = [...reader.cutBy, ...processed.cutBy];
  if (processed.kind === 'nothing') return { ...processed, cutBy };
  return { kind: 'text', text: processed.text, replaceAfter: coveredAfter(processed.text, situation), cutBy };
}

/** Characters right of the cursor that `text` has written itself. */
export function coveredAfter(text: string, situation: Situation): number {
  const own = lineFeeds(text);
  const rest = situation.lineSuffix.trimEnd();
  const firstLine = own.split('\n', 1)[0] ?? '';
  // The model wrote the whole line anew and went on below it.
  if (/\w/.test(rest) && own.includes('\n') && firstLine.endsWith(rest)) return rest.length;
  return standsAfter(own, situation).covered;
}
