import type { Attachment } from '../context/attachment.ts';
import { withAttachments } from '../context/attachment-text.ts';
import { noModelRef } from '../llm/model-ref.ts';
import { TokenEstimates } from '../models/token-estimates.ts';

/** What was read, before it is part of a message. */
export type AttachmentDraft = Omit<Attachment, 'id' | 'tokens'>;

/** What came of a mention. */
export type Read =
  | { readonly kind: 'read'; readonly drafts: readonly AttachmentDraft[] }
  /** `label` names what it was. */
  | { readonly kind: 'refused'; readonly of: Attachment['kind']; readonly label: string; readonly reason: string }
  /** The user took it back when asked. */
  | { readonly kind: 'cancelled' };

const estimates = new TokenEstimates();

export function complete(draft: AttachmentDraft): Attachment {
  return { id: crypto.randomUUID(), ...draft, tokens: tokensOf(draft) };
}

/** What it adds to a request, whatever the model. */
function tokensOf(draft: AttachmentDraft): number {
  const content = withAttachments([{ id: '', tokens: 0, ...draft }], []);
  return estimates.ofMessage(noModelRef, { role: 'user', content });
}
