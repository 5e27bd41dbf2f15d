/** So long one slice may take: a key or a frame waits no longer for the page. */
const budgetMs = 8;
const least = 400;
const most = 8000;

/** Of the page, as it was lately; slow to begin with, when nothing is compiled yet. */
let msPerLetter = budgetMs / 2000;

/** How many letters of a text to read and draw at once. */
export const sliceLength = (): number => Math.round(Math.min(most, Math.max(least, budgetMs / msPerLetter)));

/** To be told what it took. */
export function sliceTook(letters: number, ms: number): void {
  msPerLetter += (ms / letters - msPerLetter) / 3;
}
