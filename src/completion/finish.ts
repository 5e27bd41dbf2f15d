import { lineFeeds } from '../util/line-feeds.ts';
import type { OutputReader } from './output-reader.ts';
import { postprocess } from './postprocess/postprocess.ts';
import type { Situation } from './situation.ts';
import { standsAfter } from './standing.ts';

/** What can be shown at the cursor, or why nothing. */
export type Finished =
  | { readonly kind: 'text'; readonly text: string; readonly replaceAfter: number; readonly cutBy: readonly string[] }
  | { readonly kind: 'nothing'; readonly reason: string; readonly cutBy: readonly string[] };

/** The text of a reader that is done, mended. `truncated`: a limit on its length ended it. */
export function finish(reader: OutputReader, situation: Situation, truncated = false): Finished {
  const broken = truncated && reader.cutBy.length === 0;
  const text = broken ? withoutBrokenLine(reader.text) : reader.text;
  const processed = postprocess(text, situation);
  const cutBy = [...reader.cutBy, ...(text === reader.text ? [] : ['broken-line']), ...processed.cutBy];
  if (processed.kind === 'nothing') return { ...processed, cutBy };
  return { kind: 'text', text: processed.text, replaceAfter: coveredAfter(processed.text, situation), cutBy };
}

/** The beginning of a text that is still coming, mended. */
export function finishPart(text: string, situation: Situation): Finished {
  const processed = postprocess(text, situation);
  if (processed.kind === 'nothing') return processed;
  return { kind: 'text', text: processed.text, replaceAfter: coveredAfter(processed.text, situation), cutBy: [] };
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

/** The last of several lines, where it was cut in its middle. */
function withoutBrokenLine(text: string): string {
  const lineBreak = text.trimEnd().lastIndexOf('\n');
  return text.slice(0, lineBreak).trim() === '' ? text : text.slice(0, lineBreak);
}
