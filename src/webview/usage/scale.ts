/** An axis from 0 to a round number, with its marks. */
export interface Scale {
  readonly max: number;
  readonly marks: readonly number[];
}

/** The smallest axis of round numbers that holds the largest value; `atMost` ends it, e.g. at 100 %. */
export function scaleFor(largest: number, atMost = Number.POSITIVE_INFINITY): Scale {
  if (!(largest > 0)) return { max: 1, marks: [0] };
  const wanted = Math.min(largest, atMost);
  const power = 10 ** Math.floor(Math.log10(wanted / 3));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => wanted / size <= 4) ?? 10 * power;
  const steps = Math.ceil(wanted / step - 1e-9);
  // Multiples, not a running sum: 0.1 + 0.2 is no round number.
  const marks = Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { max: marks.at(-1) ?? wanted, marks };
}
