import type { Parameters, Request } from '../llm/request.ts';
import type { ModelSettings } from '../models/model-settings.ts';

/**
 * The request with the user's settings for the model laid over the feature's own.
 * Sampling for a chat is the user's; a completion keeps its own limits and stop list, which its quality hangs on.
 */
export function applySettings(request: Request, settings: ModelSettings): Request {
  const { parameters } = settings;
  if (request.kind === 'completion') {
    return { ...request, parameters: { ...parameters, ...request.parameters } };
  }
  const system = [settings.systemPrompt, request.system]
    .filter((text) => text !== undefined && text !== '')
    .join('\n\n');
  const merged: Parameters = { ...request.parameters, ...parameters };
  return { ...request, ...(system !== '' && { system }), parameters: merged };
}
