import { cents, numbers } from './in-language.ts';

const smallSums = numbers({ style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });

/** Whole cents; small sums keep two digits that mean something: $0.00 would look like free. */
export function dollars(amount: number): string {
  return (amount === 0 || amount >= 0.1 ? cents : smallSums)(amount);
}
