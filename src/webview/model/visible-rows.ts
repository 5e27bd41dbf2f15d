import type { Placed, Section } from './arrange-models.ts';

/** One line of the list at its place: a heading, or an option with its number among all options. */
export type Row =
  | { readonly kind: 'heading'; readonly top: number; readonly section: Section }
  | { readonly kind: 'option'; readonly top: number; readonly placed: Placed; readonly at: number };

export interface Heights {
  readonly heading: number;
  readonly option: number;
}

export interface Rows {
  readonly rows: readonly Row[];
  readonly height: number;
}

/** Where everything stands. Of some hundred rows only those in sight are drawn, so that a key costs the same for any list. */
export function placeRows(sections: readonly Section[], { heading, option }: Heights): Rows {
  const rows: Row[] = [];
  let top = 0;
  let at = 0;
  for (const section of sections) {
    rows.push({ kind: 'heading', top, section });
    top += heading;
    for (const placed of section.options) {
      rows.push({ kind: 'option', top, placed, at: at++ });
      top += option;
    }
  }
  return { rows, height: top };
}

/** Rows that are in sight, and some before and behind them for quick scrolling. */
export function visibleRows({ rows }: Rows, scrollTop: number, height: number): readonly Row[] {
  const margin = height / 2;
  return rows.filter(({ top }) => top > scrollTop - margin - 60 && top < scrollTop + height + margin);
}
