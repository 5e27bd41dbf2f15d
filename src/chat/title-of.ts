/** A chat's title until it has a better one: the first line of what was first said. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trimEnd() ?? '';
  return (line.length <= 60 ? line : `${line.slice(0, 59).trimEnd()}…`).toWellFormed();
}
