/** What a user shows a model along with a message. */
export const attachmentKinds = [
  'file',
  'folder',
  'symbol',
  'selection',
  'problems',
  'changes',
  'commit',
  'terminal',
  'page',
  'image',
  'cell',
] as const;

export type AttachmentKind = (typeof attachmentKinds)[number];

/**
 * As it was sent. Kept with its turn and never looked up again, so that the text is there when the file is gone, and every
 * later request of the chat says the same bytes.
 */
export interface Attachment {
  readonly id: string;
  readonly kind: AttachmentKind;
  /** For people, e.g. `cart.ts:3-10`. */
  readonly label: string;
  /** Where it can be looked at again. */
  readonly uri?: string;
  readonly range?: LineRange;
  readonly blocks: readonly Block[];
  /** Addresses of all files whose text is in `blocks`. */
  readonly files: readonly string[];
  /** Estimated when it was attached. */
  readonly tokens: number;
  readonly cut?: Cut;
}

/** Lines counted from 1, both included. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

export type Block = TextBlock | ImageBlock;

export interface TextBlock {
  readonly type: 'text';
  /** What the model is told it is, e.g. `src/cart.ts` or `Problems of src/cart.ts`. */
  readonly title: string;
  readonly languageId: string;
  /** Which of the file's lines these are; absent = all of it, or no lines of a file. */
  readonly lines?: LineRange;
  readonly text: string;
}

export interface ImageBlock {
  readonly type: 'image';
  readonly title: string;
  readonly mediaType: string;
  readonly base64: string;
}

/** There was more than is shown. */
export interface Cut {
  readonly unit: 'lines' | 'files' | 'problems' | 'characters';
  readonly kept: number;
  readonly of: number;
}

/** Addresses of all files whose text is in these, each once. */
export function filesOf(attachments: readonly Attachment[]): readonly string[] {
  return [...new Set(attachments.flatMap(({ files }) => files))];
}
