const DAY_MS = 24 * 3600 * 1000;

/** A time of the day in the viewer's zone: `14:05`. */
export function clock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** How moments between these are told on an axis: by the time, or, where there are days of them, by the day: `24 Nov`. */
export function momentWords(from: number, to: number): (at: number) => string {
  if (to - from <= DAY_MS) return clock;
  return (at) => new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}
