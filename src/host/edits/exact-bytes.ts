import type { TextChange } from '../../edits/edit.ts';
import { changeBytes, readFileBytes } from '../../edits/file-bytes.ts';
import { lineRuns } from '../../edits/line-runs.ts';
import { SourceLines } from '../../edits/source-lines.ts';
import { editorCodec } from './editor-codec.ts';

/** A text as it would stand on disk with the bytes of every unchanged line of `bytes`; undefined where it cannot. */
export async function exactBytes(bytes: Uint8Array, encoding: string, text: string): Promise<Uint8Array | undefined> {
  const file = await readFileBytes(bytes, encoding, editorCodec);
  const exact = await changeBytes(file, lineChanges(file.text, text), editorCodec);
  return 'error' in exact ? undefined : exact;
}

/** What changed, by lines and without regard to line ends; new lines end as those around them do. */
function lineChanges(before: string, after: string): readonly TextChange[] {
  const old = new SourceLines(before);
  const fresh = new SourceLines(after);
  return lineRuns(old.lines, fresh.lines).map(({ from, to, lines }) => {
    const end = old.endNear(from);
    const isLast = to === old.length && lines.length > 0 && fresh.end(fresh.length - 1) === '';
    const text = lines.map((line) => line + end).join('');
    return { start: old.start(from), end: old.start(to), text: isLast ? text.slice(0, -end.length) : text };
  });
}
