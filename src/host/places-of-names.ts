import { type Position, Range, type TextDocument } from 'vscode';

/** How far from the cursor a name is looked for. */
const searchedCharacters = 8000;

/** Where each name stands: the two places nearest to the cursor. */
export function placesOf(
  document: TextDocument,
  offset: number,
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly Position[]> {
  const first = Math.max(0, offset - searchedCharacters);
  const range = new Range(document.positionAt(first), document.positionAt(offset + searchedCharacters));
  const start = document.offsetAt(range.start);
  const found = new Map<string, number[]>();
  for (const { 0: word, index } of document.getText(range).matchAll(/[\p{L}\p{N}_$]+/gu)) {
    if (!names.has(word)) continue;
    const offsets = found.get(word);
    if (offsets) offsets.push(start + index);
    else found.set(word, [start + index]);
  }
  const nearest = (offsets: readonly number[]): readonly Position[] =>
    offsets
      .toSorted((one, other) => Math.abs(one - offset) - Math.abs(other - offset))
      .slice(0, 2)
      .map((at) => document.positionAt(at));
  return new Map([...found].map(([name, offsets]) => [name, nearest(offsets)]));
}
