import { type EditTask, editRequest } from '../../chat/edit-request.ts';
import { wordError } from '../../chat/wording.ts';
import type { FileEdit, Hunk } from '../../edits/edit.ts';
import { placeBlock } from '../../edits/place-block.ts';
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

/** Asks the model of the role `edit`. `onHunk` gets each change as soon as its text is whole; the end has all of them. */
export async function askForEdits(
  gateway: Gateway,
  { task, file }: EditAsk,
  signal: AbortSignal,
  onHunk: (hunk: Hunk) => Promise<void>,
): Promise<AnsweredEdits> {
  const reader = new EditReader();
  let reply = '';
  let model = '';
  let told = 0;
  const ask = { role: 'edit' as const, request: editRequest(task), files: [file], language: task.languageId };
  for await (const event of gateway.stream(ask, signal)) {
    if (event.type === 'text') {
      reply += event.text;
      reader.push(event.text);
      const hunks = hunksOf(reader.complete);
      for (; told < hunks.length; told++) {
        const hunk = hunks[told];
        if (hunk) await onHunk(near(hunk, task));
      }
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
  const blocks = read.edits.flatMap((edit) => (edit.kind === 'write' ? [edit.text] : []));
  if (blocks.length === 0) {
    const hunks = hunksOf(read.edits).map((hunk) => near(hunk, task));
    return { edits: [{ kind: 'change', hunks }], reply, model };
  }
  const placed = placeOf(blocks[0] ?? '', task);
  return placed
    ? { edits: [{ kind: 'change', hunks: placed }], reply, model }
    : { problem: 'The reply holds no edit that can be read.', reply };
}

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
  if (placed || !selection) return placed;
  const lines = text.split('\n').slice(selection.start, selection.end);
  if (lines.join('').trim() === '') return undefined;
  const whole = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
  return [{ search: whole(lines), replace: whole(linesOf(block)), line: selection.start + 1 }];
}
