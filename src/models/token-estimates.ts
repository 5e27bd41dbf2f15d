import type { Message } from '../llm/message.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { ChatRequest } from '../llm/request.ts';

/** Code and English in current vocabularies; on the low side, so that estimates are rather too high. */
const usualBytesPerToken = 3.5;
/** What vendors count for a picture of ordinary size. */
const tokensOfImage = 1500;
/** Marks that chat templates put around a message. */
const tokensOfFrame = 6;
/** No server runs a model with less. */
const smallestWindow = 2048;

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

  /** Whether it could be too much for any window at all. */
  isLong(model: ModelRef, request: ChatRequest): boolean {
    const tokens = request.messages.reduce((sum, message) => sum + this.ofMessage(model, message), 0);
    return tokens + this.ofFrame(model, request) + outputOf(request) > smallestWindow;
  }

  /** `input` is what the endpoint counted for `request`. */
  learn(model: ModelRef, request: ChatRequest, input: number): void {
    // Short requests are mostly template, and pictures are counted in too many ways.
    if (input < 200 || request.messages.some((message) => imagesOf(message) > 0)) return;
    const bytes = request.messages.reduce((sum, message) => sum + bytesOf(message), frameBytes(request));
    const bytesPerToken = bytes / (input - tokensOfFrame * (request.messages.length + 1));
    // Beyond that something was not counted: servers leave out what lay in their cache.
    if (bytesPerToken >= 1 && bytesPerToken <= 6) this.#bytesPerToken.set(model, bytesPerToken);
  }

  /** The endpoint counted more than was estimated, it did not say how much. */
  estimatedTooLow(model: ModelRef): void {
    this.#bytesPerToken.set(model, Math.max(1, this.#ratio(model) * 0.75));
  }

  #ratio(model: ModelRef): number {
    return this.#bytesPerToken.get(model) ?? usualBytesPerToken;
  }
}

/** What a reply may take, as far as it was said. */
function outputOf({ parameters }: ChatRequest): number {
  return Math.min(parameters.maxOutputTokens ?? 0, smallestWindow / 2);
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
