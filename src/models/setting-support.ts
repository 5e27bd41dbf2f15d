import type { Lesson } from '../llm/lesson.ts';
import type { Model } from '../llm/model.ts';
import type { ChatProtocol } from '../llm/model-facts.ts';

/** What becomes of a parameter that is set for a model. */
export type Support =
  | 'known'
  /** Nobody told what the model takes: it is sent, and a refusal teaches. */
  | 'unknown'
  /** The endpoint refused it before; it is left out until the lesson is undone. */
  | 'refused'
  /** It is never sent to this model. */
  | 'none';

/** Parameters that go into a request's body. */
export type SentSetting =
  | 'temperature'
  | 'topP'
  | 'maxOutputTokens'
  | 'reasoningEffort'
  | 'stop'
  | 'extraBody'
  | 'omit';

/** What a way of asking has no place for. */
const without: Readonly<Partial<Record<ChatProtocol, readonly SentSetting[]>>> = {
  'openai-responses': ['stop'],
  'vscode-lm': ['reasoningEffort', 'stop', 'omit'],
  embedded: ['reasoningEffort', 'extraBody', 'omit'],
};

/** `names`: what wires call the parameter, for lessons that name it. */
export function supportOf(
  setting: SentSetting,
  { chat, endpoint, facts }: Model,
  lessons: readonly Lesson[],
  names: readonly string[] = [],
): Support {
  if (chat === undefined || without[chat]?.includes(setting)) return 'none';
  if (isSampling(setting) && endpoint.quirks.sampling === false) return 'none';
  if (setting === 'reasoningEffort' && facts.reasoningEfforts?.length === 0) return 'none';
  if (lessons.some((lesson) => lesson.kind === 'omit' && names.includes(lesson.name))) return 'refused';
  if (setting === 'reasoningEffort') return facts.reasoningEfforts ? 'known' : 'unknown';
  const isKnown = chat === 'embedded' || facts.contextWindow !== undefined || facts.price !== undefined;
  return isKnown || setting === 'extraBody' || setting === 'omit' ? 'known' : 'unknown';
}

function isSampling(setting: SentSetting): boolean {
  return setting === 'temperature' || setting === 'topP';
}
