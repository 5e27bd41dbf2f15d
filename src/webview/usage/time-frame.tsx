import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { TimelineView } from '../../protocol/usage-view.ts';
import type { Scale } from './scale.ts';
import { longTime, shortTime } from './time-names.ts';

interface TimeFrameProps {
  /** What the chart is of, for those who hear it. */
  readonly label: string;
  readonly timeline: TimelineView;
  readonly scale: Scale;
  readonly format: (value: number) => string;
  /** What a piece comes to. */
  readonly whole: (piece: number) => string;
  /** What it consists of, in the box beside the pointer. */
  readonly details?: (piece: number) => ComponentChildren;
  /** The same in words. */
  readonly spoken?: (piece: number) => string;
  readonly height: number;
  /** SVG in percent of the plot. */
  readonly children: ComponentChildren;
}

/**
 * Axes around a plot over time. A pointer, or the arrow keys when it has the focus, go from piece to piece and read
 * each: a slider is what screen readers know that does this.
 */
export function TimeFrame({
  label,
  timeline,
  scale,
  format,
  whole,
  details,
  spoken,
  height,
  children,
}: TimeFrameProps) {
  const [pointed, setPointed] = useState<number>();
  const { unit, pieces } = timeline;
  const last = pieces.length - 1;
  const current = pointed === undefined ? undefined : Math.min(pointed, last);
  const name = (piece: number): string => longTime(unit, pieces[piece]?.from ?? '');

  const onKeyDown = (event: KeyboardEvent): void => {
    const target = nextPiece(event.key, current ?? last, last);
    if (target === undefined) return;
    event.preventDefault();
    setPointed(target);
  };
  const onPointerMove = ({ currentTarget, clientX }: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setPointed(Math.max(0, Math.min(last, Math.floor(((clientX - left) / width) * pieces.length))));
  };

  return (
    <div class="time-frame">
      <svg class="y-axis" height={height} aria-hidden="true">
        {scale.marks.map((mark) => (
          <text key={mark} x="100%" y={fromTop(mark, scale)} dy="0.32em" text-anchor="end">
            {format(mark)}
          </text>
        ))}
      </svg>
      <div
        class="plot"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={current ?? last}
        aria-valuetext={`${name(current ?? last)}: ${(spoken ?? whole)(current ?? last)}`}
        onKeyDown={onKeyDown}
        onFocus={({ currentTarget }) => currentTarget.matches(':focus-visible') && setPointed(last)}
        onBlur={() => setPointed(undefined)}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(undefined)}
      >
        <svg width="100%" height={height} aria-hidden="true">
          {scale.marks.map((mark) => (
            <line key={mark} class="grid-line" x1="0" x2="100%" y1={fromTop(mark, scale)} y2={fromTop(mark, scale)} />
          ))}
          {current !== undefined && (
            <rect class="pointed" x={across(current, pieces.length)} width={across(1, pieces.length)} height="100%" />
          )}
          {children}
        </svg>
        {current !== undefined && (
          <div
            class="details"
            style={
              current > last / 2
                ? { right: across(pieces.length - current, pieces.length) }
                : { left: across(current + 1, pieces.length) }
            }
          >
            <div class="details-head">
              <span>{name(current)}</span> <span>{whole(current)}</span>
            </div>
            {details?.(current)}
          </div>
        )}
      </div>
      <svg class="x-axis" height="18" aria-hidden="true">
        {pieces.map(({ from }, index) =>
          index % labelledEvery(pieces.length) === 0 ? (
            <text key={from} x={across(index + 0.5, pieces.length)} y="14" text-anchor="middle">
              {shortTime(unit, from)}
            </text>
          ) : null,
        )}
      </svg>
    </div>
  );
}

/** Where an amount stands, from the top of the plot. */
export const fromTop = (value: number, { max }: Scale): string => `${(100 - (value / max) * 100).toFixed(3)}%`;

/** So many pieces of the plot's width. */
export const across = (pieces: number, of: number): string => `${((pieces / of) * 100).toFixed(3)}%`;

/** Labels do not meet where the page is as narrow as a side bar. */
const labelledEvery = (pieces: number): number => Math.ceil(pieces / 7);

function nextPiece(key: string, current: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, current - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, current + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
