import type { ChatRequest } from '../llm/request.ts';

export interface EditTask {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  /** Lines from 0, the end not included; absent = the whole file is meant. */
  readonly selection?: { readonly start: number; readonly end: number; readonly isCursor?: boolean };
  readonly instruction: string;
  /** What was asked and answered before about the same place, oldest first. */
  readonly before?: readonly { readonly instruction: string; readonly reply: string }[];
  /** Why the last reply could not be used, for another try. */
  readonly problem?: string;
}

/** More of a file is not sent with an edit; lines far from the selection go first. */
const mostCharacters = 60_000;

const system = `You edit one file for a developer. Answer with SEARCH/REPLACE blocks and nothing else:

<<<<<<< SEARCH
lines of the file, letter for letter
=======
the lines that take their place
>>>>>>> REPLACE

Rules:
- SEARCH has whole lines copied exactly, indentation included, and enough of them to be found once in the file; no line numbers, no "...".
- One block for each place; small blocks for small changes. To insert, repeat a line next to the place in both parts. To delete, leave the second part empty.
- Keep the file's style, indentation and everything that was not asked about.
- A line of the file that looks like a marker is written with a backslash before it.
- For an empty file, leave SEARCH empty.`;

/** What the model of the role `edit` is asked: blocks that can be applied as they come. */
export function editRequest(task: EditTask): ChatRequest {
  const { before = [], instruction, problem } = task;
  const user = (text: string) => ({ role: 'user' as const, content: [{ type: 'text' as const, text }] });
  const earlier = before.map((turn) => `Asked before: ${turn.instruction}\nAnswered, and made:\n${turn.reply}`);
  const again =
    problem === undefined ? [] : [`Your last answer could not be used: ${problem} Answer with all blocks again.`];
  return {
    kind: 'chat',
    system,
    messages: [user([fileText(task), ...earlier, `What to do: ${instruction}`, ...again].join('\n\n'))],
    parameters: {},
  };
}

function fileText({ path, languageId, text, selection }: EditTask): string {
  const lines = text.split('\n');
  const { start, end } = shownLines(lines, selection);
  const cut = start > 0 || end < lines.length ? ` (lines ${start + 1}–${end} of ${lines.length})` : '';
  const shown = lines.slice(start, end).join('\n');
  const fence = fenceFor(shown);
  const whole = `File ${path}${cut}:\n${fence}${languageId}\n${shown}\n${fence}`;
  if (!selection) return whole;
  const selected = lines.slice(selection.start, selection.end).join('\n');
  if (selected.trim() === '') return `${whole}\n\nThe cursor is in line ${selection.start + 1}, which is empty.`;
  if (selection.isCursor)
    return `${whole}\n\nThe cursor is in line ${selection.start + 1}:\n${fence}\n${selected}\n${fence}`;
  return `${whole}\n\nSelected are lines ${selection.start + 1}–${selection.end}; change nothing else unless it is needed:\n${fence}\n${selected}\n${fence}`;
}

/** All of them, or as many around the selection as there is room for. */
function shownLines(lines: readonly string[], selection: EditTask['selection']): { start: number; end: number } {
  let start = Math.min(selection?.start ?? 0, lines.length);
  let end = Math.min(Math.max(selection?.end ?? 0, start), lines.length);
  let room = mostCharacters - lines.slice(start, end).reduce((sum, line) => sum + line.length + 1, 0);
  for (let grew = true; grew && room > 0; ) {
    grew = false;
    for (const step of [-1, 1]) {
      const line = step < 0 ? lines[start - 1] : lines[end];
      if (line === undefined || (step < 0 && start === 0) || line.length + 1 > room) continue;
      room -= line.length + 1;
      if (step < 0) start--;
      else end++;
      grew = true;
    }
  }
  return { start, end };
}

/** Longer than any fence in the text. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  return '`'.repeat(longest + 1);
}
