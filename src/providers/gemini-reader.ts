import type { ReplyBuilder } from '../llm/reply-builder.ts';
import type { FinishReason, Usage } from '../llm/stream-event.ts';
import { arrayAt, isObject, type JsonObject, numberAt, objectAt, stringAt } from '../util/json.ts';
import { PartialArguments } from './gemini-partial-args.ts';
import { toldErrorIn } from './told-error.ts';
import type { Progress, ReplyReader } from './wire-protocol.ts';

const finishes: ReadonlyMap<string, FinishReason> = new Map([
  ['STOP', 'stop'],
  ['MAX_TOKENS', 'length'],
  // Not Google's word, but that of servers that imitate it.
  ['FUNCTION_CALL', 'tool-calls'],
  ['SAFETY', 'content-filter'],
  ['RECITATION', 'content-filter'],
  ['LANGUAGE', 'content-filter'],
  ['BLOCKLIST', 'content-filter'],
  ['PROHIBITED_CONTENT', 'content-filter'],
  ['SPII', 'content-filter'],
  ['MODEL_ARMOR', 'content-filter'],
  ['IMAGE_SAFETY', 'content-filter'],
  ['IMAGE_PROHIBITED_CONTENT', 'content-filter'],
  ['MALFORMED_FUNCTION_CALL', 'error'],
  ['UNEXPECTED_TOOL_CALL', 'error'],
  ['TOO_MANY_TOOL_CALLS', 'error'],
  ['MISSING_THOUGHT_SIGNATURE', 'error'],
  ['MALFORMED_RESPONSE', 'error'],
]);

/** Reads the chunks of Gemini's `streamGenerateContent`, each of which looks like a whole reply. */
export class GeminiReader implements ReplyReader {
  readonly #reply: ReplyBuilder;
  /** The call whose arguments are still coming. */
  #openCall: { readonly number: number; readonly args: PartialArguments } | undefined;

  constructor(reply: ReplyBuilder) {
    this.#reply = reply;
  }

  payload(payload: JsonObject, event: string | undefined): Progress {
    // Some of Google's own doors put the reply one level deeper.
    const reply = objectAt(payload, 'response') ?? payload;
    for (const candidate of arrayAt(reply, 'candidates')) {
      if ((numberAt(candidate, 'index') ?? 0) === 0) this.#candidate(candidate);
    }
    const blocked = stringAt(objectAt(reply, 'promptFeedback'), 'blockReason');
    if (blocked !== undefined) this.#reply.finish('content-filter', blocked);
    const usage = geminiUsage(objectAt(reply, 'usageMetadata'));
    if (usage) this.#reply.usage(usage);
    return toldErrorIn(payload, event) ?? 'more';
  }

  #candidate(candidate: unknown): void {
    for (const part of arrayAt(objectAt(candidate, 'content'), 'parts')) if (isObject(part)) this.#part(part);
    for (const chunk of arrayAt(objectAt(candidate, 'groundingMetadata'), 'groundingChunks')) {
      const source = objectAt(chunk, 'web') ?? objectAt(chunk, 'retrievedContext');
      this.#reply.citation(stringAt(source, 'uri'), stringAt(source, 'title'));
    }
    const raw = stringAt(candidate, 'finishReason');
    if (raw !== undefined) this.#reply.finish(finishes.get(raw) ?? 'unknown', raw);
  }

  /** A signature belongs to exactly the part it came with, so nothing is added to that part before or after. */
  #part(part: JsonObject): void {
    const thoughtSignature = stringAt(part, 'thoughtSignature');
    const text = stringAt(part, 'text');
    const call = objectAt(part, 'functionCall');
    if (call) this.#functionCall(call, thoughtSignature);
    else if (text !== undefined && text !== '') this.#text(text, part['thought'] === true, thoughtSignature);
    else if (!isBare(part)) this.#reply.opaquePart({ part });
    else if (thoughtSignature !== undefined) this.#reply.opaquePart({ part: { text: '', ...part } });
  }

  #text(text: string, isThought: boolean, thoughtSignature: string | undefined): void {
    if (thoughtSignature !== undefined) this.#reply.closePart();
    if (isThought) this.#reply.reasoning(text);
    else this.#reply.text(text);
    if (thoughtSignature === undefined) return;
    this.#reply.opaque({ thoughtSignature });
    this.#reply.closePart();
  }

  /** Whole, or begun here and continued in calls without a name. */
  #functionCall(call: JsonObject, thoughtSignature: string | undefined): void {
    const name = stringAt(call, 'name') ?? '';
    if (name !== '') this.#beginCall(call, name, thoughtSignature);
    const open = this.#openCall;
    if (open === undefined) return;
    for (const piece of arrayAt(call, 'partialArgs')) open.args.add(piece);
    if (call['willContinue'] === true) return;
    this.#reply.toolCallArguments(open.number, JSON.stringify(objectAt(call, 'args') ?? open.args.whole));
    this.#openCall = undefined;
  }

  #beginCall(call: JsonObject, name: string, thoughtSignature: string | undefined): void {
    const id = stringAt(call, 'id') ?? '';
    const number = this.#reply.toolCall(id, name);
    const opaque = { ...(id !== '' && { hasId: true }), ...(thoughtSignature !== undefined && { thoughtSignature }) };
    if (Object.keys(opaque).length > 0) this.#reply.toolCallOpaque(number, opaque);
    this.#openCall = { number, args: new PartialArguments() };
  }
}

/** Whether it carries nothing besides words. */
function isBare(part: JsonObject): boolean {
  return Object.keys(part).every((field) => field === 'text' || field === 'thought' || field === 'thoughtSignature');
}

/** Thoughts are counted beside the answer. */
function geminiUsage(usage: JsonObject | undefined): Usage | undefined {
  if (usage === undefined) return undefined;
  const cached = numberAt(usage, 'cachedContentTokenCount');
  const reasoning = numberAt(usage, 'thoughtsTokenCount');
  return {
    input: numberAt(usage, 'promptTokenCount') ?? 0,
    output: numberAt(usage, 'candidatesTokenCount') ?? numberAt(usage, 'responseTokenCount') ?? 0,
    ...(cached !== undefined && { cached }),
    ...(reasoning !== undefined && { reasoning }),
    ...((reasoning ?? 0) > 0 && { reasoningApart: true }),
  };
}
