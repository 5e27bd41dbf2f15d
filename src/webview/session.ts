import type { ChatView } from '../protocol/chat-view.ts';
import type { ToWebview } from '../protocol/to-webview.ts';
import { applyDelta } from './apply-delta.ts';

/** What the page knows of the chat. Without a view it is waiting for a snapshot and every delta is ignored. */
export interface Session {
  readonly seq: number;
  readonly view?: ChatView;
  /** Deltas were missed: what is drawn is old and a snapshot has to be asked for. */
  readonly stale: boolean;
}

export const emptySession: Session = { seq: 0, stale: true };

/** The session after a message from the host. `stale` turning true means: ask for a snapshot, once. */
export function receive(session: Session, message: ToWebview): Session {
  switch (message.type) {
    case 'snapshot':
      return { seq: message.seq, view: message.view, stale: false };
    case 'delta':
      if (session.stale || session.view === undefined) return session;
      if (message.seq !== session.seq + 1) return { ...session, stale: true };
      return { seq: message.seq, view: applyDelta(session.view, message.delta), stale: false };
    case 'focus-composer':
    case 'open-settings':
    case 'choose-compared':
    case 'suggestions':
    case 'picture':
    case 'open-history':
    case 'history':
    case 'files-found':
    case 'diagrams':
    case 'model-settings':
      return session;
  }
}
