const DAY_MS = 24 * 3600 * 1000;
/** Whoever was just started, or has just failed, waits for so long. */
const REST_MS = 600_000;
const AGAIN_MS = 3600 * 1000;

export interface Moments {
  now: Date;
  upSince: Date;
  /** When the newest that counts was made; undefined where there is none. */
  last: Date | undefined;
  failed: Date | undefined;
}

/** Says when something was to be done last, at a moment. */
export type Schedule = (now: Date) => Date;

/** 02:00 UTC */
export const nightly: Schedule = (now) => lastTime(now, 2, 1);
/** Sundays, 04:00 UTC */
export const weekly: Schedule = (now) => lastTime(now, 4, 7);

/**
 * Whether something has to be done now: since the last time its time has come, also where nothing ran then. An installation where it never
 * was done waits for its first time. After a failure it is tried again each hour.
 */
export function isDue(schedule: Schedule, { now, upSince, last, failed }: Moments): boolean {
  if (now.getTime() - upSince.getTime() < REST_MS) return false;
  if (failed !== undefined && now.getTime() - failed.getTime() < AGAIN_MS) return false;
  return (last ?? upSince).getTime() < schedule(now).getTime();
}

/** When it will be done next, as far as can be known now: where its time has passed and nothing was done, as soon as may be. */
export function nextTime(schedule: Schedule, { now, upSince, last, failed }: Moments): Date {
  const isOpen = (last ?? upSince).getTime() < schedule(now).getTime();
  const rested = upSince.getTime() + REST_MS;
  const again = failed === undefined ? 0 : failed.getTime() + AGAIN_MS;
  return new Date(Math.max(isOpen ? now.getTime() : following(schedule, now).getTime(), rested, again));
}

/** Each comes once in so many whole days. */
function following(schedule: Schedule, now: Date): Date {
  const last = schedule(now).getTime();
  for (let days = 1; ; days += 1) {
    const then = schedule(new Date(now.getTime() + days * DAY_MS));
    if (then.getTime() > last) return then;
  }
}

/** The last time that it was that hour, of each so many days since a Sunday. */
function lastTime(now: Date, hourUtc: number, everyDays: number): Date {
  const period = everyDays * DAY_MS;
  // 4 January 1970 was a Sunday.
  const first = 3 * DAY_MS + hourUtc * 3600 * 1000;
  return new Date(first + Math.floor((now.getTime() - first) / period) * period);
}
