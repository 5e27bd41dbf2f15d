/** A TypeScript file of 10,000 lines; `line` (from 0) is empty, inside a function in its middle. */
export function longFile(): { readonly text: string; readonly line: number } {
  const lines: string[] = [];
  let line = 0;
  for (let nth = 0; lines.length < 10_000; nth++) {
    if (line === 0 && lines.length >= 5000) line = lines.length + 1;
    lines.push(
      `export function convert${nth}(input: string, options: { trim: boolean; limit: number }): number {`,
      ...(line === lines.length + 1 ? ['  '] : []),
      `  const text = options.trim ? input.trim() : input;`,
      `  // Line ${nth}: what is "left" after ${'`limit`'} characters does not count.`,
      `  const parts = text.slice(0, options.limit).split(/[,;]/).map((part) => part.trim());`,
      `  if (parts.length === 0) return ${nth};`,
      `  return parts.reduce((sum, part) => sum + Number.parseFloat(part), ${nth});`,
      '}',
      '',
    );
  }
  return { text: lines.slice(0, 10_000).join('\n'), line };
}

/** What is typed, one line after the other. */
export const statement = (nth: number): string => `const part${nth} = input.slice(${nth}, options.limit + ${nth});\n`;

/** What the server suggests after a prompt: at every other line what is going to be typed, else something else. */
export function suggestion(prompt: string): string {
  const typed = prompt.slice(prompt.lastIndexOf('\n') + 1).trimStart();
  const nth = Number(/^const part(\d+)/.exec(typed)?.[1] ?? 1);
  const expected = statement(nth).trimEnd();
  if (nth % 2 === 0 && expected.startsWith(typed)) return expected.slice(typed.length);
  return ` another.suggestion(${typed.length});\n${Array.from({ length: 12 }, (_, line) => `  consider(text, ${line}, "${typed}");`).join('\n')}`;
}
