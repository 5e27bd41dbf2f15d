import type { Model } from '../llm/model.ts';
import type { Parameters, Request } from '../llm/request.ts';
import type { ModelSettings } from '../models/model-settings.ts';
import type { Ask } from './ask.ts';

/**
 * What is asked, with the user's settings for the model laid over the feature's own.
 * Sampling for a chat is the user's; a completion keeps its own limits and stop list, which its quality hangs on.
 */
export function applySettings(
  { request, systemFor }: Pick<Ask, 'request' | 'systemFor'>,
  model: Model,
  { parameters: own, systemPrompt, contextWindow }: ModelSettings,
): Request {
  const parameters: Parameters = { ...own, ...(contextWindow !== undefined && { contextTokens: contextWindow }) };
  if (request.kind === 'completion') {
    return { ...request, parameters: { ...parameters, ...request.parameters } };
  }
  const system = systemFor?.(model, systemPrompt) ?? joined(systemPrompt, request.system);
  const merged: Parameters = { ...request.parameters, ...parameters };
  return { ...request, ...(system !== '' && { system }), parameters: merged };
}

function joined(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== '').join('\n\n');
}
