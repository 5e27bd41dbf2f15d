import type { Model } from '../llm/model.ts';
import type { Price } from '../llm/model-facts.ts';
import { noModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import { type Usage, writtenTokens } from '../llm/stream-event.ts';
import { costOf } from '../models/cost.ts';
import { TokenEstimates } from '../models/token-estimates.ts';
import { estimateUsage } from './estimate-usage.ts';

/** A reply's length before anything was seen of its model. */
const usualOutput = 1000;
/** How much the last reply counts against those before it. */
const weight = 0.2;

/** What requests are thought to cost before they leave; what they took teaches. Rather too much than too little. */
export class CostEstimates {
  readonly #tokens = new TokenEstimates();
  /** Mean output of a model in a role. */
  readonly #outputs = new Map<string, number>();

  /** US dollars; undefined = the model's price is not known. */
  expect(role: string, model: Model, request: Request): number | undefined {
    const price = priceOf(model);
    if (!price) return undefined;
    const usage = { input: this.#input(model, request), output: this.#output(role, model, request) };
    // What is not in the vendor's cache yet may have to be written into it.
    return costOf(usage, { ...price, input: Math.max(price.input, price.cacheWrite ?? 0) });
  }

  learn(role: string, model: Model, request: Request, usage: Usage): void {
    if (usage.estimated) return;
    if (request.kind === 'chat') this.#tokens.learn(model.ref, request, usage.input);
    const key = `${role} ${model.ref}`;
    const before = this.#outputs.get(key);
    const written = writtenTokens(usage);
    this.#outputs.set(key, before === undefined ? written : before + (written - before) * weight);
  }

  #input(model: Model, request: Request): number {
    const { contextWindow = Number.POSITIVE_INFINITY } = model.facts;
    const tokens =
      request.kind === 'chat'
        ? request.messages.reduce(
            (sum, message) => sum + this.#tokens.ofMessage(model.ref, message),
            this.#tokens.ofFrame(model.ref, request),
          )
        : estimateUsage(request, nothing).input;
    // What does not fit is left out before it is sent.
    return Math.min(tokens, contextWindow);
  }

  #output(role: string, model: Model, request: Request): number {
    const most = Math.min(
      request.parameters.maxOutputTokens ?? Number.POSITIVE_INFINITY,
      model.facts.maxOutputTokens ?? Number.POSITIVE_INFINITY,
    );
    return Math.min(most, this.#outputs.get(`${role} ${model.ref}`) ?? usualOutput);
  }
}

/** The price that holds for the model: what runs on the user's own machine costs nothing unless somebody says so. */
export function priceOf({ facts, endpoint }: Model): Price | undefined {
  return facts.price ?? (endpoint.local || endpoint.selfHosted ? { input: 0, output: 0 } : undefined);
}

const nothing = { message: { role: 'assistant', content: [], model: noModelRef, protocol: 'openai-chat' } } as const;
