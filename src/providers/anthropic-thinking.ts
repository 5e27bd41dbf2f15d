import type { Quirks } from '../llm/quirks.ts';
import type { JsonObject } from '../util/json.ts';
import { noThinking } from './thinking.ts';
import { thinkingBudget } from './thinking-budget.ts';

/** The wire takes no smaller one, and none that leaves no room for the answer. */
const leastBudget = 1024;

/** Fields of an anthropic-messages body that ask for this much thinking within `maxTokens`. */
export function anthropicThinkingFields(
  effort: string | undefined,
  maxTokens: number,
  { anthropicThinking }: Quirks,
): JsonObject {
  if (effort === undefined) return {};
  if (effort === noThinking) return { thinking: { type: 'disabled' } };
  if (anthropicThinking === undefined) return { output_config: { effort } };
  switch (anthropicThinking) {
    case 'adaptive':
      return { thinking: { type: 'adaptive', display: 'summarized' }, output_config: { effort } };
    case 'budget': {
      const budget = Math.min(thinkingBudget(effort), Math.floor(maxTokens / 2));
      return budget < leastBudget ? {} : { thinking: { type: 'enabled', budget_tokens: budget } };
    }
  }
}
