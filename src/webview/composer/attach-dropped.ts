import type { FromWebview } from '../../protocol/from-webview.ts';

/** The largest that is handed over; the host says more about those it refuses. */
const mostBytes = 12_000_000;

/** Whether something that is pasted or dragged can be attached; text goes where it always goes. */
export function isAttachable({ types }: DataTransfer): boolean {
  return types.includes('Files') || types.includes(uriList) || types.includes(codeUriList);
}

/** Attaches pictures by their bytes, and what the explorer or a tab gives by its address; true where there was any. */
export function attachFrom(data: DataTransfer, post: (message: FromWebview) => void): boolean {
  const uris = urisOf(data);
  if (uris.length > 0) {
    post({ type: 'attach-uris', uris });
    return true;
  }
  const pictures = [...data.files].filter(({ type, size }) => type.startsWith('image/') && size <= mostBytes);
  for (const picture of pictures) void attachPicture(picture, post);
  return pictures.length > 0;
}

const uriList = 'text/uri-list';
const codeUriList = 'application/vnd.code.uri-list';

function urisOf(data: DataTransfer): readonly string[] {
  const text = data.getData(codeUriList) || data.getData(uriList);
  return text.split(/\r?\n/).filter((line) => /^[a-z][\w+.-]*:/i.test(line) && !line.startsWith('data:'));
}

async function attachPicture(file: File, post: (message: FromWebview) => void): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  // Browsers call all that is pasted so.
  const name = file.name === 'image.png' ? '' : file.name;
  post({ type: 'attach-image', name, mediaType: file.type, base64: btoa(text) });
}
