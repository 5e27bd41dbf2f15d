import { freemem } from 'node:os';
import {
  type ChatHistoryItem,
  type ChatWrapper,
  type LlamaModel,
  resolveChatWrapper,
  type Token,
} from 'node-llama-cpp';
import { answerChat } from './answer-chat.ts';
import { completeText } from './complete-text.ts';
import { fillHole } from './fill-hole.ts';
import type { InfillTokens } from './infill-prompt.ts';
import { infillTokensOf } from './infill-tokens.ts';
import { type ChatJob, type Job, JobError, type Outcome, type Write } from './job.ts';
import { PieceSize } from './piece-size.ts';
import { RightOfWay } from './right-of-way.ts';
import { type ChatSlot, type CompletionSlot, chatSlots, completionSlots, type PoolSize } from './sequence-pool.ts';
import type { Slots } from './slots.ts';

/** A graphics card reads more at once; every token of it takes memory for a row of the whole vocabulary. */
const batchTokens = { processor: 128, card: 512 };
/** Text around the cursor needs far less room than a conversation, and every token of room costs memory. */
const mostCompletionTokens = 4096;
/** Chats and files that are kept side by side where memory allows. */
const mostSequences = 2;
/** A second one may take this share of the free memory. */
const memoryShare = 1 / 16;

/** A model in memory. Chat and completion have a context each, made on first use: neither makes the other forget. */
export class LoadedModel {
  readonly contextTokens: number;
  readonly #model: LlamaModel;
  readonly #infillTokens: InfillTokens<Token> | undefined;
  readonly #wrapper: ChatWrapper;
  readonly #way = new RightOfWay();
  readonly #pieces: PieceSize;
  readonly #chats: () => Promise<Slots<ChatSlot>>;
  readonly #completions: () => Promise<Slots<CompletionSlot>>;

  constructor(model: LlamaModel, contextTokens: number, cacheBytesPerToken: number) {
    this.#model = model;
    this.#infillTokens = infillTokensOf(model);
    this.#wrapper = resolveChatWrapper(model);
    this.contextTokens = Math.min(contextTokens, model.trainContextSize);
    const most = model.gpuLayers > 0 ? batchTokens.card : batchTokens.processor;
    this.#pieces = new PieceSize(most);
    const size = (tokens: number): PoolSize => {
      const fits = tokens * cacheBytesPerToken <= freemem() * memoryShare;
      return { contextTokens: tokens, sequences: fits ? mostSequences : 1, batchTokens: most };
    };
    this.#chats = retried(() => chatSlots(model, this.#wrapper, size(this.contextTokens), this.#way));
    this.#completions = retried(() => completionSlots(model, size(this.#completionTokens)));
  }

  get #completionTokens(): number {
    return Math.min(this.contextTokens, mostCompletionTokens);
  }

  get infill(): boolean {
    return this.#infillTokens !== undefined;
  }

  async run(job: Job, write: Write, signal: AbortSignal): Promise<Outcome> {
    if (job.type === 'chat') return await this.#chat(job, write, signal);
    const slots = await this.#completions();
    const reading = { pieces: this.#pieces, wait: async () => undefined, signal };
    return await this.#way.urgently(async () => {
      switch (job.type) {
        case 'infill':
          if (!this.#infillTokens) throw new JobError('unsupported', cannotFill);
          return await fillHole(slots, this.#completionTokens, this.#model, this.#infillTokens, job, write, reading);
        case 'continue': {
          const prompt = this.#model.tokenize(job.prompt, true);
          return await slots.use(prompt, (slot) => {
            delete slot.shown;
            return completeText(slot, prompt, job.sampling, write, reading);
          });
        }
      }
    });
  }

  async #chat(job: ChatJob, write: Write, signal: AbortSignal): Promise<Outcome> {
    const reading = { pieces: this.#pieces, wait: () => this.#way.wait(signal), signal };
    const wrapped = (history: ChatHistoryItem[]): Token[] =>
      this.#wrapper.generateContextState({ chatHistory: history }).contextText.tokenize(this.#model.tokenizer);
    return await answerChat(await this.#chats(), wrapped, job, write, reading);
  }
}

const cannotFill = 'This model cannot fill in text between a beginning and an end.';

/** Made once; anew after a failure, as there may be memory enough the next time. */
function retried<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
