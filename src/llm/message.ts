import type { Protocol } from './model-facts.ts';
import type { ModelRef } from './model-ref.ts';

export type Message = UserMessage | AssistantMessage | ToolMessage;

export interface UserMessage {
  readonly role: 'user';
  readonly content: readonly (TextPart | ImagePart)[];
}

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: readonly AssistantPart[];
  /** Who wrote it and over which wire: opaque parts are only ever sent back over the same. */
  readonly model: ModelRef;
  readonly protocol: Protocol;
  /** What it refers to, each address once, in the order of their first mention. Never sent back. */
  readonly citations?: readonly Citation[];
}

export interface Citation {
  readonly url: string;
  readonly title: string;
}

export interface ToolMessage {
  readonly role: 'tool';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly content: readonly (TextPart | ImagePart)[];
  readonly isError: boolean;
}

export type AssistantPart = TextPart | ReasoningPart | RefusalPart | ToolCallPart | OpaquePart;

/** What the wire that wrote a part wants back unchanged with it; only that protocol looks inside, and only for the same model. */
export type Opaque = Readonly<Record<string, unknown>>;

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  readonly opaque?: Opaque;
}

export interface ImagePart {
  readonly type: 'image';
  readonly mediaType: string;
  readonly base64: string;
}

export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly text: string;
  /** Vendor's proof that the reasoning is its own; has to be sent back unchanged. */
  readonly signature?: string;
  /** Reasoning the vendor keeps encrypted; has to be sent back unchanged. */
  readonly redacted?: string;
  readonly opaque?: Opaque;
}

export interface RefusalPart {
  readonly type: 'refusal';
  readonly text: string;
}

export interface ToolCallPart {
  readonly type: 'tool-call';
  /** As the vendor gave it; empty where it gave none. */
  readonly id: string;
  readonly name: string;
  /** JSON text exactly as the model wrote it; may be malformed. */
  readonly arguments: string;
  /** The vendor ran it itself: nobody else may, and it gets no result. */
  readonly server?: true;
  readonly opaque?: Opaque;
}

/** Something a vendor said that has no words of its own, e.g. an item of its search; sent back where it stood. */
export interface OpaquePart {
  readonly type: 'opaque';
  readonly opaque: Opaque;
}

/** All text parts of a message, joined. */
export function textOf(message: Message): string {
  let text = '';
  for (const part of message.content) if (part.type === 'text') text += part.text;
  return text;
}
