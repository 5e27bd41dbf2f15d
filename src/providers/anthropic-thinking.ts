import type { Quirks } from '../llm/quirks.ts';
import type { JsonObject } from '../util/json.ts';
import { noThinking } from './thinking.ts';

/** Tokens of thought for models that are told a number; an effort that is not here gets the middle one. */
const budgets: ReadonlyMap<string, number> = new Map([
  ['minimal', 1024],
  ['low', 2048],
  ['medium', 8192],
  ['high', 16_384],
  ['xhigh', 32_768],
  ['max', 65_536],
]);
const middleBudget = 8192;

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
      const budget = Math.min(budgets.get(effort) ?? middleBudget, Math.floor(maxTokens / 2));
      return budget < leastBudget ? {} : { thinking: { type: 'enabled', budget_tokens: budget } };
    }
  }
}
