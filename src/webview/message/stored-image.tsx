import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'preact/hooks';

interface StoredImageProps {
  readonly mediaType: string;
  readonly base64: string;
}

/** A picture that came with the message. Painted onto a canvas: the page may load no picture, from nowhere. */
export function StoredImage({ mediaType, base64 }: StoredImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    paint(canvas.current, mediaType, base64).catch(() => setBroken(true));
  }, [mediaType, base64]);
  if (isBroken) return <p class="image-broken">{l10n.t('A picture that cannot be shown ({0})', mediaType)}</p>;
  return <canvas ref={canvas} class="stored-image" role="img" aria-label={l10n.t('Picture')} width={0} height={0} />;
}

async function paint(canvas: HTMLCanvasElement | null, mediaType: string, base64: string): Promise<void> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: mediaType }));
  if (canvas === null) return;
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  picture.close();
}
