import { chunkEnds } from './chunks.ts';
import { type ColouredChunk, chunkOf, type Run } from './coloured-chunk.ts';
import { highlight } from './highlight.ts';

/** The pieces of the code, coloured; nothing where it stays plain. */
export function colourChunks(code: string, language: string): readonly ColouredChunk[] {
  const runs = highlight(code, language);
  if (runs.every(({ className }) => className === undefined)) return [];
  const ends = chunkEnds(code);
  const chunks: Run[][] = ends.map(() => []);
  let nth = 0;
  let at = 0;
  for (const run of runs) {
    for (let rest = run.text; rest !== ''; ) {
      const room = (ends[nth] ?? 0) - at;
      const text = rest.slice(0, room);
      chunks[nth]?.push({ ...run, text });
      rest = rest.slice(room);
      at += text.length;
      if (text.length === room) nth++;
    }
  }
  return chunks.map(chunkOf);
}
