import {
  type ChatWrapper,
  LlamaChat,
  LlamaCompletion,
  type LlamaContextSequence,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import { type RightOfWay, waitingSteps } from './right-of-way.ts';
import { type Slot, Slots } from './slots.ts';
import type { HoleTexts } from './typed-since.ts';

export interface ChatSlot extends Slot {
  readonly chat: LlamaChat;
  /** Of the conversation that has the slot now. */
  signal: AbortSignal;
}

export interface CompletionSlot extends Slot {
  readonly completion: LlamaCompletion;
  readonly sequence: LlamaContextSequence;
  /** The hole last shown here, and its prompt. */
  shown?: { readonly texts: HoleTexts; readonly prompt: readonly Token[] };
}

export interface PoolSize {
  readonly contextTokens: number;
  readonly sequences: number;
  /** Most tokens evaluated in one go. */
  readonly batchTokens: number;
}

/** Sequences for conversations: each keeps one, and makes no token while something urgent is computed. */
export async function chatSlots(
  model: LlamaModel,
  chatWrapper: ChatWrapper,
  size: PoolSize,
  way: RightOfWay,
): Promise<Slots<ChatSlot>> {
  const sequences = await createSequences(model, size);
  return new Slots(
    sequences.map((sequence) => {
      const slot: ChatSlot = {
        chat: new LlamaChat({ contextSequence: sequence, chatWrapper }),
        signal: new AbortController().signal,
        get tokens() {
          return sequence.contextTokens;
        },
      };
      const evaluate = sequence.evaluate.bind(sequence);
      // The library's own loop over tokens has no other place to wait in.
      sequence.evaluate = (tokens, options) => waitingSteps(evaluate(tokens, options), () => way.wait(slot.signal));
      return slot;
    }),
  );
}

/** Sequences for files that are being typed in. */
export async function completionSlots(model: LlamaModel, size: PoolSize): Promise<Slots<CompletionSlot>> {
  const sequences = await createSequences(model, size);
  return new Slots(
    sequences.map(
      (sequence): CompletionSlot => ({
        completion: new LlamaCompletion({ contextSequence: sequence }),
        sequence,
        get tokens() {
          return sequence.contextTokens;
        },
      }),
    ),
  );
}

async function createSequences(model: LlamaModel, size: PoolSize): Promise<readonly LlamaContextSequence[]> {
  const { contextTokens, sequences, batchTokens } = size;
  const context = await model.createContext({ contextSize: contextTokens, sequences, batchSize: batchTokens });
  return Array.from({ length: sequences }, () => context.getSequence());
}
