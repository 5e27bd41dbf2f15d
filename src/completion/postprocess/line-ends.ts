import type { Filter } from './filter.ts';

/** Line ends as the file has them. */
export const lineEnds: Filter = (text, situation) =>
  situation.eol === '\n' ? text : text.replaceAll('\n', situation.eol);
