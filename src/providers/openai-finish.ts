import type { FinishReason } from '../llm/stream-event.ts';

/** Words for the end of a reply on OpenAI-shaped wires. */
const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['eos', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['model_length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['tool_use', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'content-filter'],
  ['refusal', 'content-filter'],
  ['error', 'error'],
  ['insufficient_system_resource', 'error'],
]);

export function openaiFinish(raw: string): FinishReason {
  return reasons.get(raw) ?? 'unknown';
}
