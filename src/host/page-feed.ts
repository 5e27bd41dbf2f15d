import { mergeDeltas } from '../chat/batch-deltas.ts';
import type { ChatView } from '../protocol/chat-view.ts';
import type { Delta, ToWebview } from '../protocol/to-webview.ts';

/** Pieces of text are sent on in bundles this far apart: one frame of a screen. */
const frameMs = 16;

/** What a chat's page is told: a snapshot, numbered deltas after it, and what waits until it is drawn. There may be no page. */
export class PageFeed {
  #post: ((message: ToWebview) => void) | undefined;
  #isDrawn = false;
  #waiting: ToWebview[] = [];
  #seq = 0;
  #pending: Delta[] = [];
  #timer: NodeJS.Timeout | undefined;

  get hasPage(): boolean {
    return this.#post !== undefined;
  }

  /** Whether the page has had its snapshot, and is to be told what changes. */
  get isDrawn(): boolean {
    return this.#isDrawn;
  }

  /** The page that is to be drawn now; undefined when it has gone. */
  attach(post: ((message: ToWebview) => void) | undefined): void {
    this.#post = post;
    this.undrawn();
  }

  /** What the page shows counts no longer: it asks for a snapshot, or is sent one. */
  undrawn(): void {
    this.#isDrawn = false;
  }

  /** An answer to the page, whatever else it is told. */
  answer(message: ToWebview): void {
    this.#post?.(message);
  }

  /** Told once the page is drawn. */
  whenDrawn(message: ToWebview): void {
    if (this.#isDrawn) this.#post?.(message);
    else this.#waiting.push(message);
  }

  /** The view is made and sent in one go: no delta comes between. */
  snapshot(view: () => ChatView): void {
    // What is pending is in the snapshot already.
    this.#pending = [];
    this.#post?.({ type: 'snapshot', seq: ++this.#seq, view: view() });
    this.#isDrawn = true;
    for (const message of this.#waiting.splice(0)) this.#post?.(message);
  }

  /** A page that is not drawn costs nothing: its snapshot will tell it everything. */
  tell(delta: Delta): void {
    if (!this.#isDrawn) return;
    this.#pending.push(delta);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const deltas = mergeDeltas(this.#pending);
      this.#pending = [];
      if (!this.#isDrawn) return;
      for (const merged of deltas) this.#post?.({ type: 'delta', seq: ++this.#seq, delta: merged });
    }, frameMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
