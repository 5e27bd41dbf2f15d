import { numbers } from '../in-language.ts';
import type { Measure } from './wishes.ts';

const whole = numbers({ maximumFractionDigits: 0 });
const compact = numbers({ notation: 'compact', maximumSignificantDigits: 3 });
const percents = numbers({ style: 'percent', maximumFractionDigits: 1 });
const wholePercents = numbers({ style: 'percent', maximumFractionDigits: 0 });

const cents = numbers({ style: 'currency', currency: 'USD' });
const crumbs = numbers({ style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });

/** `$0.50`, `$0`; what is less than a dime keeps two digits that mean something: $0.00 would look like free. */
export const dollars = (cost: number): string => (cost >= 0.0995 ? cents : crumbs)(cost);

/** `1,204`. */
export const count = (value: number): string => whole(value);

/** `1.2M`: for where there is little room. */
export const shortCount = (value: number): string => (value < 10_000 ? whole : compact)(value);

/** `4.2%`; small shares keep a digit, for 0.4% of failures is not none. */
export const percent = (share: number): string => (share < 0.1 ? percents : wholePercents)(share);

/** A sum of money; ≈ where some of it comes from counted tokens that nobody reported. */
export const money = (cost: number, estimated: number): string =>
  `${estimated > 0 && cost > 0 ? '≈' : ''}${dollars(cost)}`;

/** An amount of what a chart measures, with its unit. */
export function amount(measure: Measure, value: number): string {
  if (measure === 'cost') return dollars(value);
  return measure === 'tokens' ? shortCount(value) : count(value);
}
