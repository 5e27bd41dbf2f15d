/** How servers word the size of a model's window when a request did not fit in. */
const wordings: readonly RegExp[] = [
  /(?:maximum|max\.?) (?:allowed )?(?:context|model|sequence|prompt|input)\w* ?(?:length|window|size|tokens)?\D{0,30}?(\d[\d,_]{2,})/i,
  /context (?:length|window|size|limit)(?: of| is| was|:| \()?[^\d.;]{0,30}(\d[\d,_]{2,})/i,
  /"?n_ctx"?\W{1,4}(\d{3,})/i,
  /> (\d[\d,_]{2,}) maximum/i,
  /maximum number of tokens\D{0,20}(\d[\d,_]{2,})/i,
  /can see (\d[\d,_]{2,}) at once/i,
  /limit(?:ed to| of| is)? (\d[\d,_]{2,})/i,
];

/** The size in tokens that the vendor's words name, where they do. */
export function toldWindow(message: string): number | undefined {
  for (const wording of wordings) {
    const [words = '', digits] = wording.exec(message) ?? [];
    // "exceeded … by 900 tokens" names the excess.
    if (digits !== undefined && !/\bby\b/.test(words)) return Number(digits.replaceAll(/[,_]/g, ''));
  }
  return undefined;
}
