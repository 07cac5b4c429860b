import { isGood, type Backup } from './backup-store.ts';

/** Younger ones are kept whatever came after them. Whatever a clock says, as many good ones have to have come after one before it goes. */
export const KEPT_DAYS = 30;

/** Clocks that are not further apart count as the same. */
const TOLERANCE_MS = 5 * 60_000;
const DAY_MS = 24 * 3600 * 1000;

/**
 * Which backups may go: old by the clock, and followed by as many good ones as its days should have had. So neither a clock that jumps
 * ahead nor a month of failures takes the last good one, or any of the last thirty.
 */
export function expired(backups: readonly Backup[], now: Date, days: number = KEPT_DAYS): Backup[] {
  const before = now.getTime() - days * DAY_MS;
  return backups.filter((backup) => {
    const goodAfter = backups.filter((other) => other.number > backup.number && isGood(other)).length;
    return new Date(backup.manifest.begunAt).getTime() < before && goodAfter >= days;
  });
}

/** Why the clock cannot be believed; undefined where it can. Times other than ours are those that others gave to what just happened. */
export function clockDoubt(
  now: Date,
  { newest, database, stored }: { newest: Date | undefined; database: Date; stored: Date | undefined },
): string | undefined {
  if (newest !== undefined && newest.getTime() > now.getTime() + TOLERANCE_MS)
    return `it says ${told(now)}, and the last backup was made at ${told(newest)}`;
  if (Math.abs(database.getTime() - now.getTime()) > TOLERANCE_MS)
    return `it says ${told(now)}, and that of the database ${told(database)}`;
  if (stored !== undefined && Math.abs(stored.getTime() - now.getTime()) > TOLERANCE_MS)
    return `it says ${told(now)}, and that of the store ${told(stored)}`;
  return undefined;
}

const told = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');
