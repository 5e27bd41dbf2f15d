import type { ModelFacts } from '../llm/model-facts.ts';

/** One line for pickers, e.g. "128K · $1.25 in · $10 out · images · tools"; empty where nothing is known. */
export function describeModel(facts: ModelFacts): string {
  const parts: string[] = [];
  if (facts.note !== undefined) parts.push(facts.note);
  if (facts.contextWindow !== undefined) parts.push(`${tokens(facts.contextWindow)} context`);
  if (facts.price) parts.push(...describePrice(facts.price.input, facts.price.output));
  if (facts.images) parts.push('images');
  if (facts.tools) parts.push('tools');
  if (facts.reasoningEfforts && facts.reasoningEfforts.length > 0) parts.push('reasoning');
  if (facts.fim !== undefined && facts.fim !== 'chat') parts.push('completions');
  if (facts.fileBytes !== undefined) parts.push(`${describeBytes(facts.fileBytes)} file`);
  if (facts.memoryBytes !== undefined) parts.push(`${describeBytes(facts.memoryBytes)} RAM`);
  if (facts.license !== undefined) parts.push(facts.license);
  return parts.join(' · ');
}

function describePrice(input: number, output: number): readonly string[] {
  if (input === 0 && output === 0) return ['free'];
  return [`$${dollars(input)} in`, `$${dollars(output)} out`];
}

const dollars = (value: number): string => String(Number(value.toPrecision(3)));

function tokens(count: number): string {
  if (count >= 1_000_000) return `${Number((count / 1_000_000).toFixed(1))}M`;
  // Vendors mean 1000 or 1024 by a K; either way the number they print is the round one.
  if (count >= 1000) return `${Math.round(count / (count % 1000 !== 0 && count % 1024 === 0 ? 1024 : 1000))}K`;
  return String(count);
}

export function describeBytes(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} GB`;
  return `${Math.round(count / 1e6)} MB`;
}
