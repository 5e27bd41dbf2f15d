import { useState } from 'preact/hooks';
import type { MessageView } from '../../protocol/chat-view.ts';

/** The messages from the last summary on, until the reader wants to see those before it, too. */
export function useFolded(all: readonly MessageView[]): {
  readonly messages: readonly MessageView[];
  readonly folded: number;
  readonly unfold: () => void;
} {
  const [isOpen, setOpen] = useState(false);
  const summary = all.findLastIndex((message) => message.summary !== undefined);
  const folded = isOpen || summary < 0 ? 0 : summary;
  return { messages: folded === 0 ? all : all.slice(folded), folded, unfold: () => setOpen(true) };
}
