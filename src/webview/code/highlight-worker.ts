import { colourChunks } from './colour-chunks.ts';
import type { ColouringResult, ColouringTask } from './coloured-chunk.ts';

/** Colours code beside the page, which goes on drawing and scrolling meanwhile. One task after the other. */
addEventListener('message', ({ data }: MessageEvent<ColouringTask>) => {
  const result: ColouringResult = { id: data.id, chunks: colourChunks(data.code, data.language) };
  postMessage(result);
});
