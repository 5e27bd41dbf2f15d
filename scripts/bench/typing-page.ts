import type { Workbench } from '../../test/support/workbench.ts';

/** What the page saw; times are milliseconds since 1970. */
export interface Seen {
  readonly keys: readonly number[];
  /** The ghost text from then on, '' = none. */
  readonly ghosts: readonly Ghost[];
}

export interface Ghost {
  readonly at: number;
  /** Counts what was painted: a busy machine paints late, but not less. */
  readonly frame: number;
  readonly text: string;
}

/** Runs in the page: takes down every key, and every change of the ghost text as soon as the document has it. */
const watch = `{
  const now = () => performance.timeOrigin + performance.now();
  const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
  const ghost = () => [
    texts('.ghost-text-decoration, .ghost-text-decoration-preview').join(''),
    ...texts('.view-zones .suggest-preview-text .view-line'),
  ].join('\\n').replaceAll('\\u00a0', ' ');
  let shown = '';
  let frame = 0;
  const count = () => {
    frame++;
    requestAnimationFrame(count);
  };
  count();
  window.tuttiSeen = { keys: [], ghosts: [] };
  addEventListener('keydown', ({ key }) => {
    if (key.length === 1 || key === 'Enter') window.tuttiSeen.keys.push(now());
  }, true);
  new MutationObserver(() => {
    const ghosts = ghost();
    const text = ghosts.trim() === '' ? '' : ghosts;
    if (text === shown) return;
    shown = text;
    window.tuttiSeen.ghosts.push({ at: now(), frame, text });
  }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
}`;

export async function watchGhostText({ page }: Workbench): Promise<void> {
  await page.evaluate(watch);
}

/** What was seen since the last call. */
export function takeSeen({ page }: Workbench): Promise<Seen> {
  return page.evaluate<Seen>(
    '(() => { const seen = window.tuttiSeen; window.tuttiSeen = { keys: [], ghosts: [] }; return seen; })()',
  );
}
