/** A measured figure, and what it is to be held against. */
export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly tutti: number;
  /** The same without Tutti, measured in the same run. */
  readonly without?: number;
  /** The most that Tutti (or what it adds, where there is a baseline) may be. */
  readonly limit: number;
}

/** Prints a line such as `✓ activation: 31.0 ms, 12.0 ms without Tutti: 19.0 ms more, 40 ms allowed`. */
export function printFigure({ what, unit, tutti, without, limit }: Figure): void {
  const amount = (value: number): string => `${value.toFixed(1)} ${unit}`;
  const added = tutti - (without ?? 0);
  const baseline = without === undefined ? '' : `, ${amount(without)} without Tutti: ${amount(added)} more`;
  console.log(`${added <= limit ? '✓' : '✗'} ${what}: ${amount(tutti)}${baseline}, ${limit} ${unit} allowed`);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const around = [sorted[Math.floor(middle)], sorted[Math.ceil(middle) - 1]].filter((value) => value !== undefined);
  return around.reduce((sum, value) => sum + value, 0) / around.length;
}
