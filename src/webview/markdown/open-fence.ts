import type { Token } from 'marked';

/** A code block whose end has not come: all that follows is code, so it need not be read as Markdown again. */
export interface OpenFence {
  /** Looks only at lines it has not seen; `source` begins with the opening fence. */
  isClosed(source: string): boolean;
  /** The block as it is with the text that came since. */
  extended(source: string): Token;
}

/** Undefined unless the block is a fenced one that is still open. */
export function openFence(block: Token | undefined): OpenFence | undefined {
  const opening = block?.type === 'code' ? /^(`{3,}|~{3,})[^\n]*\n/.exec(block.raw) : null;
  const fence = opening?.[1];
  if (block === undefined || opening === null || fence === undefined) return undefined;
  const closing = new RegExp(`^ {0,3}${fence}${fence[0]}*[ \\t]*$`, 'm');
  const codeStart = opening[0].length;
  let searched = codeStart;
  const open: OpenFence = {
    isClosed(source) {
      const found = closing.test(source.slice(searched));
      searched = Math.max(codeStart, source.lastIndexOf('\n') + 1);
      return found;
    },
    // A closing fence on its way is not shown as code.
    extended: (source) => ({
      ...block,
      raw: source,
      text: source.slice(codeStart).replace(/\n(?:`{1,2}|~{1,2})?$/, ''),
    }),
  };
  return open.isClosed(block.raw) ? undefined : open;
}
