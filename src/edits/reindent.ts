/**
 * How a passage has to be indented to stand where the file has it: learned from the lines that were sought and the
 * lines that were found for them. Undefined where no rule fits: one indentation would become two.
 */
export function reindentation(
  sought: readonly string[],
  found: readonly string[],
): ((line: string) => string) | undefined {
  const known = new Map<string, string>();
  for (const [index, line] of sought.entries()) {
    const other = found[index] ?? '';
    if (line.trim() === '' || other.trim() === '') continue;
    const before = known.get(indent(line));
    if (before !== undefined && before !== indent(other)) return undefined;
    known.set(indent(line), indent(other));
  }
  const shift = shiftOf(known);
  return (line) => {
    if (line.trim() === '') return line;
    const own = indent(line);
    return (known.get(own) ?? shift(own)) + line.slice(own.length);
  };
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
