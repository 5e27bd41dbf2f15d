import { useEffect, useRef } from 'preact/hooks';
import type { ToWebview } from '../../protocol/to-webview.ts';
import { useActions } from '../actions.ts';

/** Twice the height of a chip, for screens with fine pixels. */
const edge = 36;

/** A small copy of an attached picture. Painted onto a canvas: the page may load no picture, from nowhere. */
export function Thumbnail({ id }: { readonly id: string }) {
  const { post } = useActions();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const receive = ({ data }: MessageEvent<ToWebview>): void => {
      if (data.type !== 'picture' || data.id !== id) return;
      // What cannot be painted leaves the place empty: the name stands beside it.
      void paint(canvas.current, data.mediaType, data.base64).catch(() => undefined);
    };
    addEventListener('message', receive);
    post({ type: 'need-picture', id });
    return () => removeEventListener('message', receive);
  }, [id]);
  return (
    <span class="thumbnail" data-testid="thumbnail" aria-hidden="true">
      <canvas ref={canvas} width={edge} height={edge} />
    </span>
  );
}

/** The middle of it, as large a square as it has. */
async function paint(canvas: HTMLCanvasElement | null, mediaType: string, base64: string): Promise<void> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: mediaType }));
  const side = Math.min(picture.width, picture.height);
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas?.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, edge, edge);
  picture.close();
}
