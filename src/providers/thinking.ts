import type { Quirks, ThinkingForm } from '../llm/quirks.ts';
import type { JsonObject } from '../util/json.ts';

/** Efforts that are words of Tutti's own: thinking off, and thinking on where a model knows no degrees. */
export const noThinking = 'none';
export const plainThinking = 'on';

/** What each form says besides the effort itself. */
const forms: Readonly<Record<ThinkingForm, (effort: string) => JsonObject>> = {
  type: (effort) => ({ thinking: { type: isOn(effort) ? 'enabled' : 'disabled' }, ...degree(effort) }),
  'type-kept': (effort) => ({
    thinking: isOn(effort) ? { type: 'enabled', clear_thinking: false } : { type: 'disabled' },
    ...degree(effort),
  }),
  switch: (effort) => ({ enable_thinking: isOn(effort), ...degree(effort) }),
  'reasoning-effort': (effort) => ({ reasoning: effort === plainThinking ? { enabled: true } : { effort } }),
  'reasoning-switch': (effort) => ({ reasoning: { enabled: isOn(effort) }, ...degree(effort) }),
};

/** Fields of an openai-chat body that ask for this much thinking; none where no effort was chosen. */
export function thinkingFields(effort: string | undefined, { thinking }: Quirks): JsonObject {
  if (effort === undefined) return {};
  return thinking === undefined ? { reasoning_effort: effort } : forms[thinking](effort);
}

const isOn = (effort: string): boolean => effort !== noThinking;

function degree(effort: string): JsonObject {
  return isOn(effort) && effort !== plainThinking ? { reasoning_effort: effort } : {};
}
