import { type EditTask, editRequest } from '../../chat/edit-request.ts';
import { wordError } from '../../chat/wording.ts';
import type { FileEdit, Hunk } from '../../edits/edit.ts';
import { leavesOut, placeBlock } from '../../edits/place-block.ts';
import { EditReader } from '../../edits/read/edit-reader.ts';
import { linesOf } from '../../edits/rewrite-lines.ts';
import type { Gateway } from '../../gateway/gateway.ts';

export interface EditAsk {
  readonly task: EditTask;
  /** Address of the file whose text is sent. */
  readonly file: string;
}

export type AnsweredEdits =
  | { readonly edits: readonly FileEdit[]; readonly reply: string; readonly model: string }
  | { readonly problem: string; readonly aborted?: true; readonly reply: string };

/** Asks the model of the role `edit`. `onHunk` gets each change as soon as its text is whole, and all of them in the end. */
export async function askForEdits(
  gateway: Pick<Gateway, 'stream'>,
  { task, file }: EditAsk,
  signal: AbortSignal,
  onHunk: (hunk: Hunk) => Promise<void>,
): Promise<AnsweredEdits> {
  const reader = new EditReader();
  let reply = '';
  let model = '';
  let told = 0;
  const ask = { role: 'edit' as const, request: editRequest(task), files: [file], language: task.languageId };
  const tell = async (hunks: readonly Hunk[]): Promise<void> => {
    for (const hunk of hunks.slice(told)) await onHunk(near(hunk, task));
    told = Math.max(told, hunks.length);
  };
  for await (const event of gateway.stream(ask, signal)) {
    if (event.type === 'text') {
      reply += event.text;
      reader.push(event.text);
      if (hunkCount(reader.complete) > told) await tell(hunksOf(reader.complete));
    }
    if (event.type !== 'end') continue;
    model = event.message.model;
    if (event.finish === 'aborted') return { problem: '', aborted: true, reply };
    if (event.error) {
      const { cause, nextStep } = wordError(event.error, model);
      return { problem: `${cause} ${nextStep}`, reply };
    }
  }
  const read = reader.end();
  if ('error' in read) return { problem: read.error.message, reply };
  const hunks = hunksToMake(read.edits, task);
  if (hunks === undefined || hunks.length === 0) return { problem: 'The reply holds no edit that can be read.', reply };
  // Some formats say only at their end that the last change is whole.
  await tell(hunks);
  return { edits: [{ kind: 'change', hunks }], reply, model };
}

/** Undefined where the reply is not about changes of this one file, or not clear about their place. */
function hunksToMake(edits: readonly FileEdit[], task: EditTask): readonly Hunk[] | undefined {
  const [first] = edits;
  // Of several code blocks nothing tells which is meant.
  if (first?.kind === 'write') return edits.length === 1 ? placeOf(first.text, task) : undefined;
  return edits.every((edit) => edit.kind === 'change' && edit.moveTo === undefined)
    ? hunksOf(edits).map((hunk) => near(hunk, task))
    : undefined;
}

const hunkCount = (edits: readonly FileEdit[]): number =>
  edits.reduce((sum, edit) => sum + (edit.kind === 'change' ? edit.hunks.length : 0), 0);

function hunksOf(edits: readonly FileEdit[]): readonly Hunk[] {
  return edits.flatMap((edit) => (edit.kind === 'change' ? edit.hunks : []));
}

/** Among places that fit alike, the selection is meant. */
function near(hunk: Hunk, { selection }: EditTask): Hunk {
  return selection && hunk.line === undefined ? { ...hunk, line: selection.start + 1 } : hunk;
}

/** A model that answers with a code block means the selection, or the place that the block itself tells. */
function placeOf(block: string, { text, selection }: EditTask): readonly Hunk[] | undefined {
  const placed = placeBlock(text, block);
  // A cursor is no selection, and a block that leaves lines out takes nobody's place.
  if (placed || !selection || selection.isCursor || leavesOut(block)) return placed;
  const lines = text.split('\n').slice(selection.start, selection.end);
  if (lines.join('').trim() === '') return undefined;
  const whole = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
  return [{ search: whole(lines), replace: whole(linesOf(block)), line: selection.start + 1 }];
}
