const cents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const smallSums = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });

/** Whole cents; small sums keep two digits that mean something: $0.00 would look like free. */
export function dollars(amount: number): string {
  return (amount === 0 || amount >= 0.1 ? cents : smallSums).format(amount);
}
