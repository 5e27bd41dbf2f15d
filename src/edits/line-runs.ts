import { diffArrays } from 'diff';

/** Lines `from`–`to` of the old become `lines`; everything else stays. */
export interface LineRun {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** More steps than this are not looked for: the whole middle counts as changed. */
const mostSteps = 2000;

/** What changes between two lists of lines, in order. */
export function lineRuns(before: readonly string[], after: readonly string[]): readonly LineRun[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const old = before.slice(head, before.length - tail);
  const fresh = after.slice(head, after.length - tail);
  if (old.length === 0 && fresh.length === 0) return [];
  const steps =
    old.length > 0 && fresh.length > 0 ? diffArrays([...old], [...fresh], { maxEditLength: mostSteps }) : undefined;
  if (steps === undefined) return [{ from: head, to: head + old.length, lines: fresh }];
  const runs: LineRun[] = [];
  let at = head;
  let open: { from: number; to: number; lines: string[] } | undefined;
  for (const { added, removed, value } of steps) {
    if (!added && !removed) {
      if (open) runs.push(open);
      open = undefined;
      at += value.length;
      continue;
    }
    open ??= { from: at, to: at, lines: [] };
    if (added) open.lines.push(...value);
    else {
      at += value.length;
      open.to = at;
    }
  }
  if (open) runs.push(open);
  return runs;
}
