import { changeBytes, readFileBytes } from '../../edits/file-bytes.ts';
import { withOwnLineEnds } from '../../edits/own-line-ends.ts';
import { editorCodec } from './editor-codec.ts';

/** A text as it would stand on disk with the bytes of every unchanged line of `bytes`; undefined where it cannot. */
export async function exactBytes(bytes: Uint8Array, encoding: string, text: string): Promise<Uint8Array | undefined> {
  const file = await readFileBytes(bytes, encoding, editorCodec);
  const exact = await changeBytes(file, withOwnLineEnds(file.text, text), editorCodec);
  return 'error' in exact ? undefined : exact;
}
