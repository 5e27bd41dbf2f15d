import type { Endpoint } from '../../src/llm/endpoint.ts';
import { type AssistantMessage, textOf } from '../../src/llm/message.ts';
import type { Model } from '../../src/llm/model.ts';
import type { ChatRequest, CompletionRequest, Request } from '../../src/llm/request.ts';
import type { EndEvent, StreamEvent, StreamFunction } from '../../src/llm/stream-event.ts';

export const hello: ChatRequest = {
  kind: 'chat',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  parameters: {},
};

export const fill: CompletionRequest = {
  kind: 'completion',
  prompt: { type: 'infill', prefix: 'a = ', suffix: '\nb = 2', extra: [] },
  parameters: {},
};

export function endpointAt(baseUrl: string, change: Partial<Endpoint> = {}): Endpoint {
  return {
    provider: 'test',
    vendor: 'openai-compatible',
    baseUrl,
    keyHeader: 'authorization',
    headers: {},
    timeouts: { connectMs: 5000, firstTokenMs: 5000, idleMs: 5000 },
    quirks: {},
    local: false,
    ...change,
  };
}

export function modelAt(baseUrl: string, change: Partial<Endpoint> = {}): Model {
  return { ref: 'test/model', id: 'model', endpoint: endpointAt(baseUrl, change), facts: {} };
}

export interface Asked {
  /** All events but the last. */
  readonly events: readonly StreamEvent[];
  readonly end: EndEvent;
  readonly text: string;
}

/** Asks to the very end and holds the stream to its contract: one `end`, last, saying what the events said. */
export async function ask(
  stream: StreamFunction,
  model: Model,
  request: Request,
  signal: AbortSignal = new AbortController().signal,
): Promise<Asked> {
  const events: StreamEvent[] = [];
  for await (const event of stream(model, request, signal)) events.push(event);
  const end = events.pop();
  if (end?.type !== 'end') throw new Error('the last event is not the end');
  if (events.some((event) => event.type === 'end')) throw new Error('more than one end');
  const told = saidBy(events);
  const whole = saidIn(end.message);
  if (JSON.stringify(told) !== JSON.stringify(whole)) {
    throw new Error(`the events say ${JSON.stringify(told)}, the end says ${JSON.stringify(whole)}`);
  }
  if ((end.finish === 'error') !== (end.error !== undefined)) throw new Error('finish and error disagree');
  return { events, end, text: textOf(end.message) };
}

interface Said {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly toolCalls: readonly { id: string; name: string; arguments: string }[];
}

export function saidIn(message: AssistantMessage): Said {
  const joined = (type: 'text' | 'reasoning' | 'refusal'): string =>
    message.content.map((part) => (part.type === type ? part.text : '')).join('');
  const toolCalls = message.content.flatMap((part) =>
    part.type === 'tool-call' ? [{ id: part.id, name: part.name, arguments: part.arguments }] : [],
  );
  return { text: joined('text'), reasoning: joined('reasoning'), refusal: joined('refusal'), toolCalls };
}

function saidBy(events: readonly StreamEvent[]): Said {
  const joined = (type: 'text' | 'reasoning' | 'refusal'): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  const toolCalls: { id: string; name: string; arguments: string }[] = [];
  for (const event of events) {
    if (event.type === 'tool-call') toolCalls[event.index] = { id: event.id, name: event.name, arguments: '' };
    const call = event.type === 'tool-call-arguments' ? toolCalls[event.index] : undefined;
    if (call && event.type === 'tool-call-arguments') call.arguments += event.text;
  }
  return { text: joined('text'), reasoning: joined('reasoning'), refusal: joined('refusal'), toolCalls };
}
