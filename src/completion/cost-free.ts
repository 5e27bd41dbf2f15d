import type { Model } from '../llm/model.ts';

/** Does a request cost nothing? An unknown price of another's machine is no "yes". */
export function isFree({ endpoint, facts }: Model): boolean {
  return (
    endpoint.local ||
    endpoint.selfHosted === true ||
    (facts.price !== undefined && facts.price.input === 0 && facts.price.output === 0)
  );
}
