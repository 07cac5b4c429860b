import { isGood } from '../backup-store.ts';
import type { Base } from './base.ts';
import { parseLsn, segmentStart } from './lsn.ts';
import type { Archive } from './read-archives.ts';

const DAY_MS = 24 * 3600 * 1000;

/**
 * Which base backups may go: those that no time of the window needs, as a good one that came later was made before it, and that as many
 * good ones followed as the window has days. So neither a clock that jumps ahead nor weeks of failures take the last good one.
 */
export function expiredBases(bases: readonly Base[], now: Date, windowDays: number): Base[] {
  const windowBegins = now.getTime() - windowDays * DAY_MS;
  return bases.filter((base) => {
    const after = bases.filter((other) => other.number > base.number && isGood(other));
    const covered = after.some(({ manifest }) => new Date(manifest.consistentAt).getTime() <= windowBegins);
    return covered && after.length >= Math.max(1, windowDays);
  });
}

/** What of the WAL no base backup that is kept needs. The newest archive may have none yet, and stays whole. */
export function unneededWal(archives: readonly Archive[], kept: readonly Base[]): string[] {
  return archives.flatMap((archive) => {
    const own = kept.filter(({ manifest }) => manifest.archive === archive.id);
    if (own.length === 0) return archive === archives.at(-1) ? [] : archive.keys;
    const needed = own
      .map(({ manifest }) => segmentStart(parseLsn(manifest.startLsn), BigInt(manifest.segmentBytes)))
      .reduce((least, start) => (start < least ? start : least));
    return archive.pieces.filter(({ to }) => to <= needed).map(({ key }) => key);
  });
}
