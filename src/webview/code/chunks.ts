/** Code is drawn in pieces of this many lines, so that a growing one is drawn and laid out in its last piece only. */
const linesInChunk = 64;
const lettersInChunk = 8000;

/** Where each piece ends. Text that is added at the end moves no end but the last. */
export function chunkEnds(code: string): readonly number[] {
  const ends: number[] = [];
  let start = 0;
  let lines = 0;
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) {
    lines++;
    if (lines < linesInChunk && at + 1 - start < lettersInChunk) continue;
    ends.push(at + 1);
    start = at + 1;
    lines = 0;
  }
  if (start < code.length) ends.push(code.length);
  return ends;
}

export function chunksOf(code: string): readonly string[] {
  return chunkEnds(code).map((end, nth, ends) => code.slice(ends[nth - 1] ?? 0, end));
}
