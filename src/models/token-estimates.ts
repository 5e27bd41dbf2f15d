import type { Message } from '../llm/message.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { ChatRequest } from '../llm/request.ts';

/** Code and English in current vocabularies; on the low side, so that estimates are rather too high. */
const usualBytesPerToken = 3.5;
/** What vendors count for a picture of ordinary size. */
const tokensOfImage = 1500;
/** Marks that chat templates put around a message. */
const tokensOfFrame = 6;

/**
 * Tokens of a request, estimated from its bytes: a millisecond for a megabyte. How many bytes a token of a model has
 * is learned from the usage its endpoint reports, so that from the second reply on the estimate is a few percent off.
 */
export class TokenEstimates {
  readonly #bytesPerToken = new Map<ModelRef, number>();

  /** Whether the model's own usage stands behind its estimates. */
  isCalibrated(model: ModelRef): boolean {
    return this.#bytesPerToken.has(model);
  }

  ofMessage(model: ModelRef, message: Message): number {
    return Math.ceil(bytesOf(message) / this.#ratio(model)) + imagesOf(message) * tokensOfImage + tokensOfFrame;
  }

  /** What every request carries besides its messages. */
  ofFrame(model: ModelRef, request: ChatRequest): number {
    return Math.ceil(frameBytes(request) / this.#ratio(model)) + tokensOfFrame;
  }

  /** `input` is what the endpoint counted for `request`. */
  learn(model: ModelRef, request: ChatRequest, input: number): void {
    // Short requests are mostly template, and pictures are counted in too many ways.
    if (input < 200 || request.messages.some((message) => imagesOf(message) > 0)) return;
    const bytes = request.messages.reduce((sum, message) => sum + bytesOf(message), frameBytes(request));
    const tokens = input - tokensOfFrame * (request.messages.length + 1);
    if (tokens > 0) this.#keep(model, bytes / tokens);
  }

  /** The endpoint counted more than was estimated, it did not say how much. */
  estimatedTooLow(model: ModelRef): void {
    this.#keep(model, this.#ratio(model) * 0.75);
  }

  #keep(model: ModelRef, bytesPerToken: number): void {
    this.#bytesPerToken.set(model, Math.min(8, Math.max(1, bytesPerToken)));
  }

  #ratio(model: ModelRef): number {
    return this.#bytesPerToken.get(model) ?? usualBytesPerToken;
  }
}

function frameBytes({ system, tools }: ChatRequest): number {
  return Buffer.byteLength(system ?? '') + (tools === undefined ? 0 : Buffer.byteLength(JSON.stringify(tools)));
}

function bytesOf(message: Message): number {
  let bytes = 0;
  for (const part of message.content) {
    switch (part.type) {
      case 'text':
      case 'refusal':
        bytes += Buffer.byteLength(part.text);
        break;
      case 'reasoning':
        bytes += Buffer.byteLength(part.text) + (part.redacted?.length ?? 0);
        break;
      case 'tool-call':
        bytes += Buffer.byteLength(part.name) + Buffer.byteLength(part.arguments);
        break;
      case 'opaque':
        bytes += Buffer.byteLength(JSON.stringify(part.opaque));
        break;
      case 'image':
        break;
    }
  }
  return bytes;
}

function imagesOf(message: Message): number {
  return message.content.filter((part: { readonly type: string }) => part.type === 'image').length;
}
