/** Series beyond those with a colour share the last mark. */
export const otherSeries = 6;

/** The mark of a model among those that have one of their own: the same in every chart. */
export function markOf(model: string, models: readonly string[]): number {
  const index = models.indexOf(model);
  return index < 0 ? otherSeries : index;
}

/** A piece of a chart that belongs to a series. Themes colour it; where they have high contrast it keeps its texture. */
export const seriesMark = (series: number): { readonly class: string; readonly fill: string } => ({
  class: `series series-${series}`,
  fill: `url(#texture-${series})`,
});

/** The textures, once for the page. */
export function Textures() {
  return (
    <svg class="textures" width="0" height="0" aria-hidden="true">
      <defs>
        {lines.map((path, series) => (
          <pattern
            key={path}
            id={`texture-${series}`}
            class={`series-${series}`}
            width="8"
            height="8"
            patternUnits="userSpaceOnUse"
          >
            <rect class="texture-ground" width="8" height="8" />
            <path class="texture-lines" d={path} />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

/** Full, diagonals, bricks, rungs, checks, other diagonals, and none for the rest. */
const lines: readonly string[] = [
  'M0 4h8 M0 0h8 M0 2h8 M0 6h8 M0 8h8',
  'M-1 1l2 -2 M0 8l8 -8 M7 9l2 -2',
  'M0 2h4 M4 6h4',
  'M0 2h8 M0 6h8',
  'M0 4h8 M4 0v8',
  'M-1 7l2 2 M0 0l8 8 M7 -1l2 2',
  'M0 0',
];

/** The mark of a series beside its name. */
export function Swatch({ series }: { readonly series: number }) {
  return (
    <svg class="swatch" width="12" height="12" aria-hidden="true">
      <rect x="0.5" y="0.5" width="11" height="11" {...seriesMark(series)} />
    </svg>
  );
}
