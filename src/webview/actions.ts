import { createContext, type RefObject } from 'preact';
import { useContext } from 'preact/hooks';
import type { FromWebview } from '../protocol/from-webview.ts';

/** What any part of the page may do. */
export interface Actions {
  post(message: FromWebview): void;
  /** Said by a screen reader when it next pauses. */
  announce(text: string): void;
  /** For controls that vanish when they are used. */
  focusComposer(): void;
  /** Opens the list of models, for one more reply in the place of `messageId`. `opener`: the button that asked. */
  chooseModelFor(messageId: string, opener: RefObject<HTMLButtonElement | null>): void;
}

export const ActionsContext = createContext<Actions | undefined>(undefined);

export function useActions(): Actions {
  const actions = useContext(ActionsContext);
  if (actions === undefined) throw new Error('Drawn outside of ActionsContext.Provider');
  return actions;
}
