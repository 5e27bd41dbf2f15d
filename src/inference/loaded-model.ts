import { LlamaChat, LlamaCompletion, type LlamaContextSequence, type LlamaModel, type Token } from 'node-llama-cpp';
import { answerChat } from './answer-chat.ts';
import { completeText } from './complete-text.ts';
import { pieceTokens } from './generate.ts';
import { type InfillTokens, infillPrompt } from './infill-prompt.ts';
import { infillTokensOf } from './infill-tokens.ts';
import { type InfillJob, type Job, JobError, type Outcome, type Write } from './job.ts';

/** Text around the cursor needs far less room than a conversation, and every token of room costs memory. */
const mostCompletionTokens = 4096;
const usualInfillOutput = 256;

interface Completing {
  readonly completion: LlamaCompletion;
  readonly sequence: LlamaContextSequence;
}

/** A model in memory. Chat and completion have a context each, made on first use: neither makes the other forget. */
export class LoadedModel {
  readonly contextTokens: number;
  readonly #model: LlamaModel;
  readonly #infillTokens: InfillTokens<Token> | undefined;
  #chatting: Promise<LlamaChat> | undefined;
  #completing: Promise<Completing> | undefined;

  constructor(model: LlamaModel, contextTokens: number) {
    this.#model = model;
    this.#infillTokens = infillTokensOf(model);
    this.contextTokens = Math.min(contextTokens, model.trainContextSize);
  }

  get infill(): boolean {
    return this.#infillTokens !== undefined;
  }

  async run(job: Job, write: Write, signal: AbortSignal): Promise<Outcome> {
    switch (job.type) {
      case 'chat':
        return await answerChat(await this.#chattingContext(), job, write, signal);
      case 'infill':
        return await this.#complete(job, (room) => this.#promptFor(job, room), write, signal);
      case 'continue':
        return await this.#complete(job, () => this.#model.tokenize(job.prompt, true), write, signal);
    }
  }

  async #complete(
    job: Exclude<Job, { type: 'chat' }>,
    promptFor: (room: number) => readonly Token[],
    write: Write,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { completion, sequence } = await this.#completingContext();
    return await completeText(completion, sequence, promptFor(sequence.contextSize), job.sampling, write, signal);
  }

  #promptFor(job: InfillJob, contextSize: number): readonly Token[] {
    const tokens = this.#infillTokens;
    if (!tokens) throw new JobError('unsupported', 'This model cannot fill in text between a beginning and an end.');
    const output = Math.min(job.sampling.maxTokens ?? usualInfillOutput, Math.floor(contextSize / 2));
    const tokenize = (text: string): readonly Token[] => this.#model.tokenize(text, false, 'trimLeadingSpace');
    return infillPrompt(
      tokens,
      {
        prefix: tokenize(job.prefix),
        suffix: tokenize(job.suffix),
        extra: job.extra.map(({ filename, text }) => tokenize(`${filename}\n${text}\n`)),
        currentFile: tokenize('current file\n'),
      },
      contextSize - output - 2,
    );
  }

  #chattingContext(): Promise<LlamaChat> {
    this.#chatting ??= this.#createSequence(this.contextTokens).then(
      (contextSequence) => new LlamaChat({ contextSequence }),
      (error: unknown) => {
        // There may be memory enough the next time.
        this.#chatting = undefined;
        throw error;
      },
    );
    return this.#chatting;
  }

  #completingContext(): Promise<Completing> {
    this.#completing ??= this.#createSequence(Math.min(this.contextTokens, mostCompletionTokens)).then(
      (sequence) => ({ sequence, completion: new LlamaCompletion({ contextSequence: sequence }) }),
      (error: unknown) => {
        this.#completing = undefined;
        throw error;
      },
    );
    return this.#completing;
  }

  async #createSequence(contextSize: number): Promise<LlamaContextSequence> {
    const context = await this.#model.createContext({ contextSize, batchSize: pieceTokens });
    return context.getSequence();
  }
}
