import type { Model } from '../llm/model.ts';
import type { Quirks } from '../llm/quirks.ts';
import type { ChatRequest, Tool } from '../llm/request.ts';
import type { JsonObject } from '../util/json.ts';
import { geminiUrl } from './base-url.ts';
import { finishBody } from './finish-body.ts';
import { geminiContents } from './gemini-contents.ts';
import { GeminiReader } from './gemini-reader.ts';
import { requestHeaders } from './request-headers.ts';
import { noThinking, plainThinking } from './thinking.ts';
import { thinkingBudget } from './thinking-budget.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** `POST …/models/{model}:streamGenerateContent` of Gemini and of Vertex. */
export const geminiNative: WireProtocol<'chat'> = {
  name: 'gemini-native',
  kind: 'chat',
  write: (model, request) => ({
    url: geminiUrl(model.endpoint.baseUrl, model.id, 'streamGenerateContent'),
    headers: requestHeaders(model.endpoint),
    body: geminiNativeBody(model, request),
  }),
  read: (reply) => new GeminiReader(reply),
};

export function geminiNativeBody(model: Model, { system, messages, tools, parameters }: ChatRequest): JsonObject {
  const fields: JsonObject = {
    contents: geminiContents(messages, model),
    systemInstruction: system === undefined || system === '' ? undefined : { parts: [{ text: system }] },
    tools: tools && tools.length > 0 ? [{ functionDeclarations: tools.map(writeTool) }] : undefined,
  };
  const generationConfig: JsonObject = {
    temperature: parameters.temperature,
    topP: parameters.topP,
    maxOutputTokens: parameters.maxOutputTokens,
    stopSequences: parameters.stop && parameters.stop.length > 0 ? parameters.stop : undefined,
    thinkingConfig: thinkingConfig(parameters.reasoningEffort, model.endpoint.quirks),
  };
  return finishBody(fields, parameters, { generationConfig });
}

/** `parameters` would take a part of JSON Schema only. */
function writeTool({ name, description, parameters }: Tool): JsonObject {
  return { name, description, parametersJsonSchema: parameters };
}

/** Thoughts are shown only where that is asked for. An effort that is a number is a budget of tokens, as older models want it. */
function thinkingConfig(effort: string | undefined, { geminiThinking }: Quirks): JsonObject | undefined {
  if (effort === undefined) return undefined;
  if (effort === noThinking) return { thinkingBudget: 0 };
  if (effort === plainThinking) return { includeThoughts: true };
  if (/^-?\d+$/.test(effort)) return { includeThoughts: true, thinkingBudget: Number(effort) };
  if (geminiThinking === 'budget') return { includeThoughts: true, thinkingBudget: thinkingBudget(effort) };
  return { includeThoughts: true, thinkingLevel: effort };
}
