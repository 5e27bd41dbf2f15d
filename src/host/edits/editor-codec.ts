import { workspace } from 'vscode';
import type { Codec } from '../../edits/file-bytes.ts';

/** Encodings as VS Code itself reads and writes them. */
export const editorCodec: Codec = {
  decode: (bytes, encoding) => workspace.decode(bytes, { encoding }),
  // With UTF-16, VS Code begins whatever it writes with a byte order mark; here a piece of a file is written.
  encode: async (text, encoding) => {
    const bytes = await workspace.encode(text, { encoding });
    const isMarked =
      encoding.startsWith('utf16') && !text.startsWith('\u{FEFF}') && [0xfeff, 0xfffe].includes(mark(bytes));
    return isMarked ? bytes.subarray(2) : bytes;
  },
};

const mark = ([first = 0, second = 0]: Uint8Array): number => first * 256 + second;
