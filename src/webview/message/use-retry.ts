import { useActions } from '../actions.ts';

/** Asks again for a reply. Its button goes with the old reply, so the focus moves on to the composer. */
export function useRetry(messageId: string): () => void {
  const { post, focusComposer } = useActions();
  return () => {
    focusComposer();
    post({ type: 'retry', messageId });
  };
}
