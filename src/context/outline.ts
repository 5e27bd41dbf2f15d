/** Up to here a definition is shown as it stands: a short body says more than its head alone. */
const shortCharacters = 500;
const longestCharacters = 2400;

const container =
  /\b(?:class|interface|enum|struct|trait|impl|namespace|module|object|record|protocol|extension|union|type)\b/;
const remark = /^\s*(?:\/\/|\/\*|\*|#(?!\s*(?:define|include|if|end))|--|"""|''')/;

/**
 * What a reader of `text` needs to use what it defines: all of it where it is short, else its head with its docs,
 * and the heads of its members where it has any.
 */
export function outline(text: string, name: string): string {
  const whole = text.replace(/\s+$/, '');
  if (whole.length <= shortCharacters) return whole;
  const lines = whole.split('\n');
  const head = headLine(lines, name);
  const base = indentOf(lines[head] ?? '');
  const isContainer = container.test(lines[head] ?? '');
  const docs = lines.slice(0, head).filter((line) => line.trim() !== '');
  const kept = isContainer ? members(lines.slice(head), base) : headOnly(lines.slice(head), base);
  const full = [...docs.slice(-12), ...kept].join('\n');
  if (full.length <= longestCharacters) return full;
  return upTo(kept.filter((line, index) => index === 0 || !remark.test(line)).join('\n'), longestCharacters);
}

export function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}

/** The text's first lines, whole ones where that is possible. */
export function upTo(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const end = text.lastIndexOf('\n', characters);
  return text.slice(0, end > characters / 2 ? end : characters);
}

function headLine(lines: readonly string[], name: string): number {
  const holdsName = (line: string): boolean => !remark.test(line) && line.includes(name);
  const found = lines.findIndex(holdsName);
  return found >= 0
    ? found
    : Math.max(
        0,
        lines.findIndex((line) => line.trim() !== '' && !remark.test(line)),
      );
}

/** The lines of a type that stand one level deep, and lists of parameters that go on deeper. */
function members(lines: readonly string[], base: number): readonly string[] {
  const inside = lines.slice(1).find((line) => line.trim() !== '' && indentOf(line) > base);
  const level = inside === undefined ? base : indentOf(inside);
  const kept: string[] = [];
  let open = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    if (indent > level && open <= 0) continue;
    // What closes a body that was left out; the container's own end stays.
    if (indent === level && index > 0 && /^\s*(?:[})\]]+[;,]?|end)$/.test(line) && open <= 0) continue;
    open = Math.max(0, open + depthOf(line));
    kept.push(open === 0 && indent >= level && index > 0 ? withoutBody(line, lines[index + 1], indent) : line);
    if (index > 0 && indent <= base) break;
  }
  return kept;
}

/** The lines up to where a body begins. */
function headOnly(lines: readonly string[], base: number): readonly string[] {
  const kept: string[] = [];
  let open = 0;
  for (const [index, line] of lines.entries()) {
    open += depthOf(line);
    if (open <= 0 && (index > 0 || /[{:=>]\s*$/.test(line))) {
      kept.push(withoutBody(line, lines[index + 1], base));
      break;
    }
    kept.push(line);
    if (kept.length >= 24) break;
  }
  return kept;
}

function withoutBody(line: string, next: string | undefined, indent: number): string {
  if (next === undefined || indentOf(next) <= indent || next.trim() === '') return line;
  if (/\{\s*$/.test(line)) return line.replace(/\s*(?:=>\s*)?\{\s*$/, ';');
  return /:\s*$/.test(line) ? `${line.trimEnd()} ...` : line;
}

function depthOf(line: string): number {
  let depth = 0;
  for (const character of line) {
    if (character === '(' || character === '[') depth++;
    else if (character === ')' || character === ']') depth--;
  }
  return depth;
}
