import type { Indentation } from '../../src/completion/document.ts';
import { finish } from '../../src/completion/finish.ts';
import { OutputReader } from '../../src/completion/output-reader.ts';
import { describeSituation } from '../../src/completion/situation.ts';
import { numberAt, stringAt } from '../../src/util/json.ts';
import { lineFeeds } from '../../src/util/line-feeds.ts';
import { languageOf } from './language-of.ts';

const cursor = '<|fim|>';
/** The default of the setting `tutti.completion.maxLines`. */
const maxLines = 20;

/** What would be shown of a model's output: `{text, cutBy}`; `text` is empty where nothing would be. */
export async function answer(row: unknown): Promise<unknown> {
  const input = stringAt(row, 'input');
  const llmOutput = stringAt(row, 'llmOutput');
  const at = input?.indexOf(cursor) ?? -1;
  if (input === undefined || llmOutput === undefined) return { error: 'A row needs "input" and "llmOutput".' };
  if (at < 0) return { error: `The input has no cursor (${cursor}).` };
  const indentation = indentationOf(row);
  const situation = describeSituation({
    prefix: lineFeeds(input.slice(0, at)),
    suffix: lineFeeds(input.slice(at + cursor.length)),
    languageId: stringAt(row, 'languageId') ?? languageOf(stringAt(row, 'filename') ?? ''),
    maxLines: numberAt(row, 'maxLines') ?? maxLines,
    eol: input.includes('\r\n') ? '\r\n' : '\n',
    ...(indentation && { indentation }),
    answer: stringAt(row, 'answer') === 'chat' ? 'chat' : 'fim',
    specialTokens: [],
  });
  const reader = new OutputReader(situation);
  reader.push(llmOutput);
  reader.end();
  const finished = finish(reader, situation);
  if (finished.kind === 'nothing') return { text: '', cutBy: finished.cutBy, reason: finished.reason };
  const { text, cutBy, replaceAfter } = finished;
  return { text, cutBy, ...(replaceAfter > 0 && { replaceAfter }) };
}

/** Blanks are only converted where the row says how the file is indented. */
function indentationOf(row: unknown): Indentation | undefined {
  const tabSize = numberAt(row, 'tabSize');
  const insertSpaces = typeof row === 'object' && row !== null && 'insertSpaces' in row ? row.insertSpaces : undefined;
  if (tabSize === undefined && typeof insertSpaces !== 'boolean') return undefined;
  return { tabSize: tabSize ?? 4, insertSpaces: insertSpaces !== false };
}
