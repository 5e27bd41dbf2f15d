export type PieceUnit = 'hour' | 'day' | 'week' | 'month';

/** More than these cannot be told from each other on a screen. */
const mostPieces = 62;

/** The finest unit that cuts the time into few enough pieces. */
export function pieceUnit(from: number, until: number): PieceUnit {
  const days = (until - from) / 86_400_000;
  if (days <= 1.1) return 'hour';
  if (days <= mostPieces) return 'day';
  return days <= mostPieces * 7 ? 'week' : 'month';
}

/** Where the pieces begin that cover the time, oldest first, by the local calendar: weeks on Mondays. */
export function pieceStarts(unit: PieceUnit, from: number, until: number): readonly number[] {
  const starts: number[] = [];
  // Counted from the first one, so that a day of 23 or 25 hours moves none of the others.
  const first = pieceStart(unit, from);
  for (let count = 0, start = first; start < until; count++, start = later(unit, first, count)) starts.push(start);
  return starts;
}

function pieceStart(unit: PieceUnit, at: number): number {
  const time = new Date(at);
  if (unit === 'hour') return time.setMinutes(0, 0, 0);
  time.setHours(0, 0, 0, 0);
  if (unit === 'week') time.setDate(time.getDate() - ((time.getDay() + 6) % 7));
  if (unit === 'month') time.setDate(1);
  return time.getTime();
}

function later(unit: PieceUnit, start: number, count: number): number {
  // The hour that a clock put back shows twice is two pieces.
  if (unit === 'hour') return start + count * 3_600_000;
  const time = new Date(start);
  if (unit === 'month') time.setMonth(time.getMonth() + count);
  else time.setDate(time.getDate() + count * (unit === 'week' ? 7 : 1));
  return time.getTime();
}

/** The local date and hour, as `2026-11-23T14`. */
export function pieceName(start: number): string {
  const time = new Date(start);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}T${two(time.getHours())}`;
}
