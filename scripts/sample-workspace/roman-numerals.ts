const symbols = [
  ['M', 1000],
  ['CM', 900],
  ['D', 500],
  ['CD', 400],
  ['C', 100],
  ['XC', 90],
  ['L', 50],
  ['XL', 40],
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
] as const;

/** A number from 1 to 3999 as the Romans wrote it. */
export function toRoman(number: number): string {
  let rest = number;
  let roman = '';
  for (const [symbol, value] of symbols)
    while (rest >= value) {
      roman += symbol;
      rest -= value;
    }
  return roman;
}

// Start typing below: export function fromRoman(
