/** Tokens of thought for models that are told a number in place of a word. */
const budgets: ReadonlyMap<string, number> = new Map([
  ['minimal', 1024],
  ['low', 2048],
  ['medium', 8192],
  ['high', 16_384],
  ['xhigh', 32_768],
  ['max', 65_536],
]);
const middle = 8192;

/** What an effort is worth; one that is no known word gets the middle. */
export function thinkingBudget(effort: string): number {
  return budgets.get(effort) ?? middle;
}
