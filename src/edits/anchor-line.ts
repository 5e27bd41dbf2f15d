/** Shorter quotes are found in lines that have nothing to do with them. */
const fewestLetters = 6;

/**
 * The line, from 1, that a remark is about: the one that reads as it quotes, nearest to the number it names, since
 * models count badly. Without a quote the number is believed where there is such a line. Undefined = it cannot be told.
 */
export function anchorLine(text: string, named: number, quotes: readonly string[]): number | undefined {
  const lines = text.split(/\r\n|\n|\r/).map(plain);
  const sought = quotes.map(plain).filter((quote) => quote !== '');
  if (sought.length === 0) return named >= 1 && named <= lines.length ? named : undefined;
  for (const quote of sought) {
    const whole = nearest(lines, named, (line) => line === quote);
    if (whole !== undefined) return whole;
    if (quote.length < fewestLetters) continue;
    const part = nearest(
      lines,
      named,
      (line) => line.includes(quote) || (line.length >= fewestLetters && quote.includes(line)),
    );
    if (part !== undefined) return part;
  }
  return undefined;
}

function nearest(lines: readonly string[], named: number, fits: (line: string) => boolean): number | undefined {
  const places = lines.flatMap((line, index) => (fits(line) ? [index + 1] : []));
  return places.sort((a, b) => Math.abs(a - named) - Math.abs(b - named))[0];
}

/** Quotes lose their indentation and gain marks around them. */
function plain(line: string): string {
  return line
    .trim()
    .replace(/^`(.*)`$/, '$1')
    .replace(/\s+/g, ' ');
}
