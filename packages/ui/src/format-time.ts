const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** A place on a timeline: `00:07`, `12:05`, `01:02:03`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor((whole % HOUR) / MINUTE), whole % MINUTE];
  if (whole >= HOUR) parts.unshift(Math.floor(whole / HOUR));
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** A place on a timeline to the millisecond, for titles. */
export function formatExactDuration(seconds: number): string {
  return `${formatDuration(seconds)}.${String(Math.floor((seconds % 1) * 1000)).padStart(3, '0')}`;
}

/** What is left, as one would say it: `3 min left`. */
export function formatTimeLeft(seconds: number): string {
  return `${formatSpan(seconds)} left`;
}

/** What is not known to the second, as one would say it: `about 6 min`; where it may well be twice as much, `4 to 10 min`. */
export function formatAbout({ seconds, low, high }: { seconds: number; low: number; high: number }): string {
  const [least, most] = [roughly(low), roughly(high)];
  if (high <= 2 * low || least === most) return `about ${roughly(seconds)}`;
  const unit = / \w+$/.exec(most)?.[0] ?? '';
  const bare = /^\d+ \w+$/;
  return bare.test(most) && bare.test(least) && least.endsWith(unit)
    ? `${least.slice(0, -unit.length)} to ${most}`
    : `${least} to ${most}`;
}

/** As exact as such a figure is: tens of seconds, minutes, five minutes, half hours, hours. */
function roughly(seconds: number): string {
  const to = (step: number): string => formatSpan(Math.max(step, Math.round(seconds / step) * step));
  if (seconds < 50) return to(10);
  if (seconds < 12 * MINUTE) return to(MINUTE);
  if (seconds < HOUR) return to(5 * MINUTE);
  return seconds < 6 * HOUR ? to(HOUR / 2) : to(HOUR);
}

/** A span in words: `8 s`, `3 min`, `2 h 10 min`, `3 d 4 h`. */
export function formatSpan(seconds: number): string {
  if (seconds < MINUTE - 0.5) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < HOUR - 30) return `${Math.round(seconds / MINUTE)} min`;
  if (seconds < DAY) return two(seconds, HOUR, 'h', MINUTE, 'min');
  return two(seconds, DAY, 'd', HOUR, 'h');
}

// Making one takes longer than a whole row of a table may: each is made once.
const DAY_AND_MONTH = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const MOMENT = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'short', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
});

/** How long ago, or the date where that says more. */
export function formatAgo(iso: string, now: Date = new Date()): string {
  const then = new Date(iso);
  const seconds = (now.getTime() - then.getTime()) / 1000;
  if (seconds < MINUTE) return 'just now';
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`;
  const sameYear = then.getFullYear() === now.getFullYear();
  return (sameYear ? DAY_AND_MONTH : DATE).format(then);
}

/** The exact moment in the viewer's zone: `26 Nov 2026, 14:05:09 GMT+1`. */
export function formatMoment(iso: string): string {
  return MOMENT.format(new Date(iso));
}

function two(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const whole = Math.round(seconds / small) * small;
  const rest = Math.round((whole % large) / small);
  return `${Math.floor(whole / large)} ${largeName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}
