/** A time of day as people read it on their own clock; with the date where it is not that of `now`. */
export function clockTime(at: number, now: number): string {
  const then = new Date(at);
  const time = `${two(then.getHours())}:${two(then.getMinutes())}`;
  if (then.toDateString() === new Date(now).toDateString()) return time;
  return `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())} ${time}`;
}

const two = (number: number): string => String(number).padStart(2, '0');
