/** A line of a replacement as the file would indent it; `at` and `to` are the sought lines in whose place it stands. */
export type Reindent = (line: string, at: number, to: number) => string | undefined;

/**
 * How a passage has to be indented to stand where the file has it: learned from the lines that were sought and the
 * lines that were found for them. Where one indentation of theirs is two in the file, the nearest line that has it
 * decides; undefined where none is nearer than another.
 */
export function reindentation(sought: readonly string[], found: readonly string[]): Reindent {
  const known = new Map<string, string>();
  const unclear = new Set<string>();
  const pairs: { readonly at: number; readonly own: string; readonly there: string }[] = [];
  for (const [at, line] of sought.entries()) {
    const other = found[at] ?? '';
    if (line.trim() === '' || other.trim() === '') continue;
    const [own, there] = [indent(line), indent(other)];
    if ((known.get(own) ?? there) !== there) unclear.add(own);
    known.set(own, there);
    pairs.push({ at, own, there });
  }
  const shift = shiftOf(known);
  return (line, at, to) => {
    if (line.trim() === '') return line;
    const own = indent(line);
    const there = unclear.has(own)
      ? nearest(
          pairs.filter((pair) => pair.own === own),
          at,
          to,
        )
      : known.get(own);
    if (there === undefined && (unclear.has(own) || unclear.size > 0)) return undefined;
    return (there ?? shift(own)) + line.slice(own.length);
  };
}

/** Of the lines it takes the place of, else the one right above, else the one right below. */
function nearest(
  pairs: readonly { readonly at: number; readonly there: string }[],
  from: number,
  to: number,
): string | undefined {
  const replaced = new Set(pairs.filter(({ at }) => from <= at && at < to).map(({ there }) => there));
  if (replaced.size > 0) return replaced.size === 1 ? [...replaced][0] : undefined;
  return (pairs.find(({ at }) => at === from - 1) ?? pairs.find(({ at }) => at === to))?.there;
}

export function indent(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}

/** For an indentation that no sought line had. */
function shiftOf(known: ReadonlyMap<string, string>): (indentation: string) => string {
  const pairs = [...known];
  const [first] = pairs;
  if (first === undefined) return (own) => own;
  const [from, to] = first;
  if (to.endsWith(from)) {
    const added = to.slice(0, to.length - from.length);
    if (pairs.every(([a, b]) => b === added + a)) return (own) => added + own;
  }
  if (from.endsWith(to)) {
    const removed = from.slice(0, from.length - to.length);
    if (pairs.every(([a, b]) => a === removed + b)) {
      return (own) => (own.startsWith(removed) ? own.slice(removed.length) : own);
    }
  }
  return inUnits(pairs) ?? ((own) => afterLongest(pairs, own));
}

/** Spaces for tabs, two for four: each step in from the outermost line is a step of the file's. */
function inUnits(pairs: readonly (readonly [string, string])[]): ((own: string) => string) | undefined {
  const [outermost, next] = [...pairs].sort(([a], [b]) => a.length - b.length);
  // With one indentation only, a step is all of it.
  const [base, baseThere] = next && outermost ? outermost : ['', ''];
  const [inner, innerThere] = next ?? outermost ?? ['', ''];
  const step = inner.slice(base.length);
  const stepThere = innerThere.slice(baseThere.length);
  if (step === '') return undefined;
  const convert = (own: string): string => {
    let count = 0;
    while (own.startsWith(step, base.length + count * step.length)) count++;
    return baseThere + stepThere.repeat(count) + own.slice(base.length + count * step.length);
  };
  return pairs.every(([from, to]) => convert(from) === to)
    ? (own) => (own.startsWith(base) ? convert(own) : afterLongest(pairs, own))
    : undefined;
}

function afterLongest(pairs: readonly (readonly [string, string])[], own: string): string {
  const [from, to] = pairs.reduce(
    (best, pair) => (own.startsWith(pair[0]) && pair[0].length >= best[0].length ? pair : best),
    ['', ''] as const,
  );
  return to + own.slice(from.length);
}
