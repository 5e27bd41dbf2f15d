import type { FromWebview } from '../../protocol/from-webview.ts';
import type { ToWebview } from '../../protocol/to-webview.ts';

type Post = (message: FromWebview) => void;

const known = new Map<string, boolean>();
const watchers = new Map<string, Set<() => void>>();
const asking: string[] = [];
const together = 200;
const gatherMs = 50;

/** Whether the path is a file of the workspace; false until the host has said so. */
export const isKnownFile = (path: string): boolean => known.get(path) ?? false;

/** Asks the host about the path, together with others, and calls when it is found to be a file. What comes back ends that. */
export function watchFile(path: string, post: Post, found: () => void): () => void {
  const all = watchers.get(path) ?? new Set();
  watchers.set(path, all.add(found));
  if (!known.has(path)) {
    known.set(path, false);
    if (asking.length === 0) setTimeout(() => ask(post), gatherMs);
    asking.push(path);
  }
  return () => void all.delete(found);
}

function ask(post: Post): void {
  const paths = asking.splice(0, together);
  post({ type: 'find-files', paths });
  if (asking.length > 0) setTimeout(() => ask(post), gatherMs);
}

addEventListener('message', ({ data }: MessageEvent<ToWebview>) => {
  if (data.type !== 'files-found') return;
  for (const path of data.found) {
    known.set(path, true);
    for (const found of watchers.get(path) ?? []) found();
  }
});
